import { implies } from '@forge/auth';
import { valueFromASTUntyped, type ASTNode, type ConstDirectiveNode } from 'graphql';

/** What has to hold, as `@requiresScopes` says it: of one of the lists all scopes. */
export type Requirement = readonly (readonly string[])[];

interface Declared {
  readonly astNode?: WithDirectives | null | undefined;
  readonly extensionASTNodes?: readonly WithDirectives[] | null | undefined;
}

type WithDirectives = ASTNode & { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** What a contract says of a type or a field itself. `@authenticated` asks for nothing more here: a subgraph answers nobody without a principal. */
export function requirementsOn({ astNode, extensionASTNodes }: Declared): Requirement[] {
  const directives = [astNode, ...(extensionASTNodes ?? [])].flatMap((node) => node?.directives ?? []);
  return directives.filter(({ name }) => name.value === 'requiresScopes').map((directive) => {
    const scopes = directive.arguments?.find(({ name }) => name.value === 'scopes');
    return asLists(scopes && valueFromASTUntyped(scopes.value));
  });
}

/** GraphQL reads `"a"` and `["a"]` where a list of lists is due as `[["a"]]`, `["a", "b"]` as `[["a"], ["b"]]` (§3.11, input coercion). */
function asLists(value: unknown): Requirement {
  return [value].flat().map((each) => [each].flat() as string[]);
}

/** Those of `wanted` that `given` do not take care of, each once. */
export function without(wanted: readonly Requirement[], given: readonly Requirement[]): Requirement[] {
  return wanted.reduce<Requirement[]>((left, each) => ([...given, ...left].some((other) => implies(other, each)) ? left : [...left, each]), []);
}
