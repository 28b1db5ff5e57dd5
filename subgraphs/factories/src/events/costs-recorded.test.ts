import { createReceiver } from '@forge/events';
import { PrismaClient, prismaAdapter } from '@forge/prisma-factories';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { aFactory } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';
import { costsRecorded } from './costs-recorded.ts';

const orgId = 'org_01jd0000000000000000000001';

let graph: TestSubgraph;
let prisma: PrismaClient;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph);
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: graph.databaseUrl }) });
});
afterAll(async () => {
  await prisma.$disconnect();
  await graph.close();
});

const aCall = (call: object = {}) => ({
  tokenEventId: newId('TokenEvent'), runId: null, stepResultId: null, agentId: null, workerId: null, workflowId: null, factoryId: null, gatewayId: null,
  inputTokens: 1_000, outputTokens: 200, costCents: '0.4500000001', occurredAt: '2026-11-23T10:00:00.250Z', ...call,
});
type Call = ReturnType<typeof aCall>;

const hear = (calls: readonly Call[], of = orgId) => prisma.$transaction((tx) => costsRecorded(tx, { orgId: of, data: { calls: [...calls], endedStepResultId: null } }));
const counted = async (factoryId: string) =>
  (await graph.data('query ($id: ID!) { factory(id: $id) { attributedTokenEvents(first: 100) { nodes { tokenEventId runId workerId assignmentId totalTokens costCents occurredAt } totalCount } } }', { id: factoryId })).factory.attributedTokenEvents;

async function someWork(factoryId: string, runId: string, createdAt: string): Promise<string> {
  const id = newId('FactoryAssignment');
  await runSql(graph.databaseUrl, `INSERT INTO "factoryAssignments" ("orgId", "id", "factoryId", "title", "runId", "createdAt") VALUES ($1, $2, $3, 'Sweep', $4, $5)`, [orgId, id, factoryId, runId, createdAt]);
  return id;
}

test('a call counts for its factory, with its run, its worker and the newest work that the run serves there', async () => {
  const [factoryId, elsewhere] = [await aFactory(graph), await aFactory(graph)];
  const [runId, workerId] = [newId('WorkflowRun'), newId('Worker')];
  await someWork(factoryId, runId, '2026-11-01T00:00:00Z');
  const newest = await someWork(factoryId, runId, '2026-11-02T00:00:00Z');
  await someWork(elsewhere, runId, '2026-11-03T00:00:00Z');
  const [ofWork, ofNoWork] = [aCall({ factoryId, runId, workerId }), aCall({ factoryId, runId: newId('WorkflowRun') })];
  await hear([ofWork, ofNoWork]);
  const { nodes } = await counted(factoryId);
  const figures = { totalTokens: 1_200, costCents: '0.4500000001', occurredAt: '2026-11-23T10:00:00.250Z' };
  expect(nodes).toHaveLength(2);
  expect(nodes).toContainEqual({ ...figures, tokenEventId: ofWork.tokenEventId, runId, workerId, assignmentId: newest });
  expect(nodes).toContainEqual({ ...figures, tokenEventId: ofNoWork.tokenEventId, runId: ofNoWork.runId, workerId: null, assignmentId: null });
});

test('a call that is told of five times, in several events at once and out of order, counts once', async () => {
  const factoryId = await aFactory(graph);
  const calls = Array.from({ length: 30 }, () => aCall({ factoryId }));
  await Promise.all([calls, calls.toReversed(), calls.slice(10), calls.slice(0, 20).toReversed(), calls].map((told) => hear(told)));
  expect((await counted(factoryId)).totalCount).toBe(30);
});

test('an event that is delivered five times is acted on once', async () => {
  const factoryId = await aFactory(graph);
  const silent = { warn: () => undefined } as unknown as Parameters<typeof createReceiver>[2];
  const receive = createReceiver(prisma, { 'analytics.costs.recorded': costsRecorded }, silent);
  const event = {
    specversion: '1.0', id: 'evt_1', source: '/forge/analytics', type: 'analytics.costs.recorded', subject: newId('WorkflowRun'), time: '2026-11-23T10:00:00.000Z',
    datacontenttype: 'application/json', orgid: orgId, data: { calls: [aCall({ factoryId })], endedStepResultId: null },
  } as const;
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => receive([event])));
  expect(outcomes.flat()).toEqual(Array(5).fill({ id: 'evt_1', error: null }));
  expect((await counted(factoryId)).totalCount).toBe(1);
});

test('calls of no factory, of one that is not there and of another organisation\'s are passed over; the rest of them count', async () => {
  const [factoryId, theirs] = [await aFactory(graph), await aFactory(graph)];
  await hear([aCall(), aCall({ factoryId: newId('Factory') }), aCall({ factoryId: 'rubbish' }), aCall({ factoryId })]);
  await hear([aCall({ factoryId: theirs })], anotherOrganisation.orgId);
  await hear([]);
  expect([(await counted(factoryId)).totalCount, (await counted(theirs)).totalCount]).toEqual([1, 0]);
  expect(await runSql(graph.databaseUrl, 'SELECT FROM "factoryTokenEvents" WHERE "orgId" = $1', [anotherOrganisation.orgId])).toEqual([]);
});

test('a call with more tokens than there can be does not hold up the others', async () => {
  const factoryId = await aFactory(graph);
  await hear([aCall({ factoryId, inputTokens: 2 ** 31 - 1, outputTokens: 2 ** 31 - 1 }), aCall({ factoryId })]);
  expect((await counted(factoryId)).nodes.map(({ totalTokens }: { totalTokens: number }) => totalTokens).toSorted()).toEqual([1_200, 2 ** 31 - 1]);
});

test('1,000 calls are one statement', async () => {
  const factoryId = await aFactory(graph);
  const calls = Array.from({ length: 1_000 }, () => aCall({ factoryId }));
  let statements = 0;
  await prisma.$transaction(async (tx) => {
    const counting = { $executeRaw: (...args: Parameters<typeof tx.$executeRaw>) => (statements++, tx.$executeRaw(...args)) };
    await costsRecorded(counting as unknown as typeof tx, { orgId, data: { calls, endedStepResultId: null } });
  });
  expect([statements, (await counted(factoryId)).totalCount]).toEqual([1, 1_000]);
});
