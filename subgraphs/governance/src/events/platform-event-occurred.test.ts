import { createReceiver } from '@forge/events';
import { PrismaClient, prismaAdapter } from '@forge/prisma-governance';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createGovernanceSubgraph } from '../index.ts';
import { platformEventOccurred } from './platform-event-occurred.ts';

const orgId = 'org_01jd0000000000000000000001';

let graph: TestSubgraph;
let prisma: PrismaClient;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph);
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: graph.databaseUrl }) });
});
afterAll(async () => {
  await prisma.$disconnect();
  await graph.close();
});

const anEvent = (data: object = {}) => ({
  orgId, source: '/forge/analytics', time: new Date('2026-11-23T03:00:01.500Z'),
  data: { type: 'retention.removed', severity: 'INFO' as const, displayLabel: '5 token events removed', payload: { rows: 5 }, runId: null, agentId: null, gatewayId: null, ...data },
});

test('an event is kept as it was told, under the domain that told it, and by nobody else seen', async () => {
  const [runId, agentId, gatewayId] = [newId('WorkflowRun'), newId('Agent'), newId('Gateway')];
  await prisma.$transaction((tx) => platformEventOccurred(tx, anEvent({ runId, agentId, gatewayId })));
  const query = '{ platformEvents { nodes { type source severity displayLabel payload runId agentId gatewayId occurredAt } } }';
  expect((await graph.data(query)).platformEvents.nodes).toEqual([{
    type: 'retention.removed', source: '/forge/analytics', severity: 'INFO', displayLabel: '5 token events removed', payload: { rows: 5 }, runId, agentId, gatewayId, occurredAt: '2026-11-23T03:00:01.500Z',
  }]);
  expect((await graph.data(query, {}, anotherOrganisation)).platformEvents.nodes).toEqual([]);
});

test('an event that is delivered five times at once is kept once', async () => {
  const silent = { warn: () => undefined } as unknown as Parameters<typeof createReceiver>[2];
  const receive = createReceiver(prisma, { 'platform.event.occurred': platformEventOccurred }, silent);
  const { source, data } = anEvent({ type: 'told.often' });
  const event = {
    specversion: '1.0', id: 'evt_1', source, type: 'platform.event.occurred', subject: 'a job', time: '2026-11-23T10:00:00.000Z', datacontenttype: 'application/json', orgid: orgId, data,
  } as const;
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => receive([event])));
  expect(outcomes.flat()).toEqual(Array(5).fill({ id: 'evt_1', error: null }));
  expect((await graph.data('{ platformEvents(where: { type: { eq: "told.often" } }) { totalCount } }')).platformEvents.totalCount).toBe(1);
});

test('what the transaction takes back is not kept', async () => {
  await expect(prisma.$transaction(async (tx) => {
    await platformEventOccurred(tx, anEvent({ type: 'taken.back' }));
    throw new Error('refused');
  })).rejects.toThrow('refused');
  expect((await graph.data('{ platformEvents(where: { type: { eq: "taken.back" } }) { totalCount } }')).platformEvents.totalCount).toBe(0);
});
