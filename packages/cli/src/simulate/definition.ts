import { parse } from 'yaml';

/** A step, as far as an outsider needs to know it. */
export interface Step {
  readonly id: string;
  readonly role?: string;
  readonly depends_on?: readonly string[];
}

/** The steps of a published definition. */
export function stepsOf(definition: string): readonly Step[] {
  return (parse(definition) as { steps: readonly Step[] }).steps;
}

/** The `x` of every `args.x` in a definition. */
export function argumentsIn(definition: string): string[] {
  return [...new Set([...definition.matchAll(/\bargs\.([A-Za-z_]\w*)/g)].map(([, name = '']) => name))];
}
