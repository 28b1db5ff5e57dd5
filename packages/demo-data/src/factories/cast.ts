import type { Cast } from '../cast.ts';

/** The team that the factory with this number belongs to. */
export function teamOfFactory({ teams }: Cast, number: number): string {
  return teams[number * 3] as string;
}

/** The budget of the factory with this number: those of the factories come after three for everything and one for each gateway. */
export function budgetOfFactory({ budgets, gateways }: Cast, number: number): string {
  return budgets[3 + gateways.length + number] as string;
}
