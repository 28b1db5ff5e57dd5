import { PrismaClient, prismaAdapter } from '@forge/prisma-governance';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { aChain, check, daysAgo, idOf, now, orgId, tamper } from '../fixture/audit-chain.ts';
import { createGovernanceSubgraph } from '../index.ts';
import { retention } from '../retention.ts';
import { removeAuditEvents } from './audit-retention.ts';

const [auditEvents] = retention as readonly [(typeof retention)[number]];

let graph: TestSubgraph;
let prisma: PrismaClient;
beforeEach(async () => {
  graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph);
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: graph.databaseUrl }) });
});
afterEach(async () => {
  await prisma.$disconnect();
  await graph.close();
});

const left = async (of = orgId) => (await runSql<{ sequence: string }>(graph.databaseUrl, 'SELECT "sequence" FROM "auditEvents" WHERE "orgId" = $1 ORDER BY 1', [of])).map(({ sequence }) => Number(sequence));
const anchor = async () => (await runSql<{ sequence: string; removedAt: Date }>(graph.databaseUrl, 'SELECT "sequence", "removedAt" FROM "auditAnchors" WHERE "orgId" = $1', [orgId]))[0];

test('retention removes the beginning of each chain after 365 days, and the rest verifies from its anchor', async () => {
  const last = await aChain(graph, [400, 365.001, 365, 10]);
  await aChain(graph, [700, 1], { of: anotherOrganisation.orgId });
  const removed = [{ orgId, rows: 2 }, { orgId: anotherOrganisation.orgId, rows: 1 }];
  expect(await auditEvents.count(prisma, now)).toEqual(removed);
  expect(await auditEvents.remove(prisma, now)).toEqual(removed);
  expect([await left(), await left(anotherOrganisation.orgId), await anchor()]).toEqual([[3, 4], [2], { sequence: '2', removedAt: now }]);
  expect(await check(graph)).toMatchObject({ verified: true, checkedCount: 2, message: 'Events 3 to 4 are as they were written, and none is missing.' });
  expect([await auditEvents.count(prisma, now), await auditEvents.remove(prisma, now)]).toEqual([[], []]);
  await aChain(graph, [0], { after: 4, previousHash: last });
  await auditEvents.remove(prisma, new Date(now.getTime() + 2 * 86_400_000));
  expect([await left(), await check(graph)]).toMatchObject([[4, 5], { verified: true, checkedCount: 2 }]);
});

test('retention leaves a row that was written down late until what comes before it goes', async () => {
  await aChain(graph, [400, 10, 399, 9]);
  expect(await auditEvents.count(prisma, now)).toEqual([{ orgId, rows: 1 }]);
  expect(await auditEvents.remove(prisma, now)).toEqual([{ orgId, rows: 1 }]);
  expect([await left(), await check(graph)]).toMatchObject([[2, 3, 4], { verified: true, checkedCount: 3 }]);
});

test('retention of a whole chain leaves the anchor, from which the next event goes on', async () => {
  const last = await aChain(graph, [500, 400]);
  await auditEvents.remove(prisma, now);
  expect(await check(graph)).toMatchObject({ verified: true, checkedCount: 0 });
  await aChain(graph, [1], { after: 2, previousHash: last });
  expect(await check(graph)).toMatchObject({ verified: true, checkedCount: 1 });
});

test('retention does not hide what somebody else has removed behind its anchor', async () => {
  await aChain(graph, [400, 3, 2, 1]);
  await auditEvents.remove(prisma, now);
  await tamper(graph, 'DELETE FROM "auditEvents" WHERE "sequence" = 2');
  expect(await check(graph)).toMatchObject({ verified: false, firstBrokenId: idOf(3), message: 'Event 3 does not follow event 1: what was between them is missing.' });
});

test('whoever is killed in between leaves a chain that verifies, and the next goes on from there', async () => {
  await aChain(graph, [...Array<number>(25).fill(366), 1]);
  let transactions = 0;
  const killed = {
    $queryRaw: prisma.$queryRaw.bind(prisma),
    $transaction: async (act: (tx: unknown) => Promise<unknown>) => prisma.$transaction(async (tx) => {
      const answer = await act(tx);
      // Has removed its rows, and is killed before they are committed.
      if (++transactions === 2) throw new Error('killed');
      return answer;
    }),
  };
  await expect(removeAuditEvents(killed as unknown as PrismaClient, daysAgo(365), now, 10)).rejects.toThrow('killed');
  expect([(await anchor())?.sequence, await check(graph)]).toMatchObject(['10', { verified: true, checkedCount: 16 }]);
  expect(await removeAuditEvents(prisma, daysAgo(365), now, 10)).toEqual([{ orgId, rows: 15 }]);
  expect([await left(), await check(graph)]).toMatchObject([[26], { verified: true, checkedCount: 1 }]);
});

test('retention by several at once removes each row once, more than fit into a transaction', async () => {
  await aChain(graph, [...Array<number>(10_500).fill(366), 1]);
  const answers = await Promise.all(Array.from({ length: 4 }, () => auditEvents.remove(prisma, now)));
  expect(answers.flat().reduce((sum, { rows }) => sum + rows, 0)).toBe(10_500);
  expect([await left(), await check(graph)]).toMatchObject([[10_501], { verified: true }]);
});

test('retention does not disturb who is verifying meanwhile', async () => {
  await aChain(graph, [...Array<number>(3_000).fill(366), ...Array<number>(3_000).fill(1)]);
  const [checks] = await Promise.all([Promise.all(Array.from({ length: 5 }, () => check(graph))), auditEvents.remove(prisma, now)]);
  expect(checks.map(({ verified, message }) => [verified, message.includes('none is missing')])).toEqual(Array(5).fill([true, true]));
});

test('retention alone sets an anchor, and none goes back', async () => {
  const set = (sequence: number, as = 'on') => runSql(graph.databaseUrl, `SET forge.retention = '${as}'; INSERT INTO "auditAnchors" VALUES ('${orgId}', ${sequence}, repeat('a', 64), now())
    ON CONFLICT ("orgId") DO UPDATE SET "sequence" = EXCLUDED."sequence"`);
  await expect(set(5, 'off')).rejects.toThrow('only retention sets it');
  await set(5);
  await expect(set(4)).rejects.toThrow('does not go back');
  await expect(runSql(graph.databaseUrl, `SET forge.retention = 'on'; DELETE FROM "auditAnchors"`)).rejects.toThrow('never changes');
});
