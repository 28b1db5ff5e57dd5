import { fault, type UserFaults } from '@forge/subgraph-kit';

/** Why what is in a state does not come into another, by a table of what each state may become; undefined when it may. */
export function transitionFault<S extends string>(noun: string, table: Readonly<Record<S, readonly S[]>>, from: S, to: S): UserFaults | undefined {
  const possible: readonly S[] = table[from];
  if (possible.includes(to)) return undefined;
  const can = possible.length ? `; from there it can become ${possible.join(' or ')}` : ', which is final';
  return fault('INVALID_TRANSITION', 'id', `id: the ${noun} is ${from} and cannot become ${to}${can}`);
}
