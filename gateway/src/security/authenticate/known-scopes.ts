import { scopes } from '@forge/auth';

const known = new Set<string>(scopes);

/** Those of `given` that there are, each once. Never `system`: that one nobody is given, the gateway alone has it. */
export function knownScopes(given: readonly string[]): readonly string[] {
  return Object.freeze([...new Set(given)].filter((scope) => known.has(scope)));
}
