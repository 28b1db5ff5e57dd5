import type { Budget } from './budgets.ts';
import { coverageOf } from './coverage.ts';

const day = (date: number) => new Date(Date.UTC(2026, 10, date));

function aBudget(id: string, of: Partial<Budget> = {}): Budget {
  return {
    orgId: 'org_1', id, scopeType: 'AGENT', scopeId: null, spentCents: '0', reservedCents: '0', overrunCents: '0', entryCount: 0, enabled: true, createdAt: day(1), parents: [], itemizedFrom: null, ...of,
  };
}

const budgets = [
  aBudget('everything', { scopeType: 'GLOBAL' }),
  aBudget('agent', { scopeId: 'agt_1', parents: [{ id: 'team', since: day(5) }] }),
  aBudget('team', { scopeType: 'TEAM', scopeId: 'tea_1', enabled: false, parents: [{ id: 'house', since: day(1) }] }),
  aBudget('house', { scopeType: 'TEAM', scopeId: 'tea_2' }),
  aBudget('late', { scopeType: 'FACTORY', scopeId: 'fac_1', createdAt: day(8) }),
  aBudget('another organisation', { orgId: 'org_2', scopeType: 'GLOBAL' }),
];
const call = { orgId: 'org_1', agentId: 'agt_1', workflowId: null, gatewayId: null, factoryId: 'fac_1' };

test.each([
  ['in the first days, those for everything and for its agent', day(3), ['everything', 'agent']],
  ['once the agent\'s draws from a team\'s, what that draws from, though the team\'s itself is disabled', day(6), ['everything', 'agent', 'house']],
  ['once it is there, that of its factory', day(9), ['everything', 'agent', 'late', 'house']],
  ['in the moment in which it is made, not yet', day(8), ['everything', 'agent', 'house']],
  ['before anything was there, none', day(0), []],
])('a call counts %s', (_, createdAt, expected) => {
  const coverage = coverageOf(budgets);
  expect(coverage({ ...call, createdAt }).map(({ id }) => id).sort()).toEqual([...expected].sort());
  expect(coverage({ ...call, createdAt }).map(({ id }) => id).sort()).toEqual([...expected].sort());
});
