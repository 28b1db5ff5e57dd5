import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { createPlanCache } from './plan-cache.ts';
import type { Planner } from './planner.ts';
import { PlanningError } from './planning-error.ts';
import { warmPlans } from './warm-plans.ts';

const aPlan: QueryPlan = { kind: 'QueryPlan' };

function release(fields: string, plan: Planner['plan'] = async () => aPlan) {
  return { supergraph: { apiSchema: buildSchema(`type Query { ${fields} }`) }, plans: createPlanCache({ planner: { plan } }) };
}

/** A release under which `{ a }` was asked for three times, `{ b }` twice and `{ c }` once. */
async function busyRelease() {
  const previous = release('a: Int b: Int c: Int');
  for (const key of ['a', 'a', 'a', 'b', 'b', 'c']) await previous.plans.get(key, `{ ${key} }`);
  return previous;
}

test('the busiest operations are planned before anybody asks', async () => {
  const next = release('a: Int b: Int c: Int');
  expect(await warmPlans(next, await busyRelease(), { operations: 2 })).toEqual({ warmed: 2, broken: [] });
  expect(next.plans.busiest(9).map(({ key }) => key)).toEqual(['a', 'b']);
  expect(next.plans.counts.misses).toBe(0);
});

test('operations whose fields are gone are named', async () => {
  expect(await warmPlans(release('a: Int c: Int'), await busyRelease())).toEqual({
    warmed: 2, broken: [{ operation: '{ b }', faults: [expect.stringContaining('Cannot query field "b"')] }],
  });
});

test('operations that nothing fetches any more are named, those that cannot be planned just now are not', async () => {
  const next = release('a: Int b: Int c: Int', async (operation) => {
    if (operation === '{ a }') throw new PlanningError('impossible', 'No way to a.');
    if (operation === '{ b }') throw new PlanningError('too-slow', 'Too slow.');
    return aPlan;
  });
  expect(await warmPlans(next, await busyRelease())).toEqual({ warmed: 1, broken: [{ operation: '{ a }', faults: ['No way to a.'] }] });
});

test('warming takes only so long', async () => {
  const next = release('a: Int b: Int c: Int', async (operation) => (operation === '{ b }' ? new Promise<never>(() => undefined) : aPlan));
  expect(await warmPlans(next, await busyRelease(), { milliseconds: 500 })).toEqual({ warmed: 1, broken: [] });
});
