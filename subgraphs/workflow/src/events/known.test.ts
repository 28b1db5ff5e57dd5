import { PrismaClient, prismaAdapter } from '@forge/prisma-workflow';
import { newId } from '@forge/subgraph-kit';
import { createTestDatabase, type TestDatabase } from '@forge/testing';
import { agentChanged } from './agent-changed.ts';
import { libraryStepChanged } from './library-step-changed.ts';

let database: TestDatabase;
let prisma: PrismaClient;
beforeAll(async () => {
  database = await createTestDatabase('workflow');
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: database.url }) });
});
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

const [orgId, otherOrgId] = ['org_01jd0000000000000000000001', 'org_01jd0000000000000000000002'];
const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 12, 0, second));

function heardOfAgent(agentId: string, second: number, change: object = {}, org = orgId) {
  const data = { agentId, gatewayId: 'gw_1', status: 'ACTIVE' as const, maxConcurrency: second, ...change };
  return prisma.$transaction((tx) => agentChanged(tx, { orgId: org, time: at(second), data }));
}

function heardOfStep(name: string, second: number, definition: Record<string, unknown> | null, org = orgId) {
  return prisma.$transaction((tx) => libraryStepChanged(tx, { orgId: org, time: at(second), data: { name, definition } }));
}

const agent = (agentId: string, org = orgId) => prisma.knownAgent.findUnique({ where: { orgId_agentId: { orgId: org, agentId } } });
const step = async (name: string, org = orgId) => (await prisma.knownLibraryStep.findUnique({ where: { orgId_name: { orgId: org, name } } }))?.definition;

test('an agent is known as its newest event says', async () => {
  const id = newId('Agent');
  await heardOfAgent(id, 1);
  expect(await agent(id)).toMatchObject({ gatewayId: 'gw_1', status: 'ACTIVE', maxConcurrency: 1, changedAt: at(1) });
  await heardOfAgent(id, 2, { gatewayId: 'gw_2', status: 'PAUSED' });
  expect(await agent(id)).toMatchObject({ gatewayId: 'gw_2', status: 'PAUSED', maxConcurrency: 2, changedAt: at(2) });
});

test('events of an agent in any order, several times and all at once come to the same', async () => {
  const id = newId('Agent');
  const seconds = [5, 3, 9, 1, 9, 7, 2, 9, 4];
  await Promise.all(seconds.map((second) => heardOfAgent(id, second)));
  for (const second of seconds) await heardOfAgent(id, second);
  expect(await agent(id)).toMatchObject({ maxConcurrency: 9, changedAt: at(9) });
});

test('of two events of one moment the one that comes later counts', async () => {
  const id = newId('Agent');
  await heardOfAgent(id, 1, { status: 'ACTIVE' });
  await heardOfAgent(id, 1, { status: 'ERROR' });
  expect(await agent(id)).toMatchObject({ status: 'ERROR' });
});

test('a library step is known as its newest event says, and unknown when it is gone', async () => {
  await heardOfStep('translate', 2, { role: 'translator' });
  await heardOfStep('translate', 1, { role: 'older' });
  expect(await step('translate')).toEqual({ role: 'translator' });
  await heardOfStep('translate', 3, null);
  expect(await step('translate')).toBeNull();
  await heardOfStep('translate', 2, { role: 'translator' });
  expect(await step('translate')).toBeNull();
  await heardOfStep('translate', 4, { role: 'back' });
  expect(await step('translate')).toEqual({ role: 'back' });
});

test('what one organisation is told changes nothing for another', async () => {
  const id = newId('Agent');
  await heardOfAgent(id, 1);
  await heardOfAgent(id, 2, { status: 'TERMINATED' }, otherOrgId);
  await heardOfStep('shared', 1, { role: 'ours' });
  await heardOfStep('shared', 2, null, otherOrgId);
  expect([await agent(id), await agent(id, otherOrgId)]).toMatchObject([{ status: 'ACTIVE' }, { status: 'TERMINATED' }]);
  expect([await step('shared'), await step('shared', otherOrgId)]).toEqual([{ role: 'ours' }, null]);
});
