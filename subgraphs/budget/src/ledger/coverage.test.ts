import { coverageOf } from './coverage.ts';
import type { LockedBudget } from './lock-budgets.ts';

function budget(id: string, scopeId: string | null, parentIds: string[] = [], enabled = true): LockedBudget {
  return {
    id, name: id, scopeType: scopeId ? 'AGENT' : 'GLOBAL', scopeId, parentIds, enabled, period: 'DAILY', periodStart: new Date(0), lastResetAt: null, alertThresholds: [], entryCount: 0,
    balance: { amount: 0n, spent: 0n, reserved: 0n, overrun: 0n, hardLimit: true },
  };
}

const budgets = [
  budget('everything', null), budget('off', null, ['above off'], false), budget('above off', 'tea_9'),
  budget('agent', 'agt_1', ['middle']), budget('factory', 'fac_1', ['middle', 'off']), budget('middle', 'tea_1', ['top'], false), budget('top', 'tea_2', ['gone']), budget('other', 'agt_2', ['top']),
];

test.each([
  ['nothing in particular: those for everything', {}, [], ['everything', 'above off']],
  ['an agent: its own, and past one that is disabled what that draws from', { agentId: 'agt_1' }, [], ['everything', 'above off', 'agent', 'top']],
  ['two at once: an ancestor of both once', { agentId: 'agt_1', factoryId: 'fac_1' }, [], ['everything', 'above off', 'agent', 'factory', 'top']],
  ['one that nobody has a budget for', { agentId: 'agt_3', gatewayId: null }, [], ['everything', 'above off']],
  ['what a reservation was made in', {}, ['other'], ['everything', 'above off', 'top', 'other']],
])('%s', (_, scope, besides, expected) => {
  const coverage = coverageOf(budgets);
  expect(coverage(scope, besides).map(({ id }) => id)).toEqual(expected);
  expect(coverage(scope, besides).map(({ id }) => id)).toEqual(expected);
});
