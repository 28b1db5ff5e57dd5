import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createAgentsSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('agents'), createAgentsSubgraph)));
afterAll(() => graph.close());

const sync = 'mutation ($input: SyncAgentsInput!) { syncAgents(input: $input) { agents { id updatedAt } } }';
type Operation = 'pauseAgent' | 'resumeAgent' | 'terminateAgent';

async function anAgent(status: string): Promise<{ id: string; updatedAt: string }> {
  const gatewayId = newId('Gateway');
  const list = (agents: object[]) => graph.data(sync, { input: { gatewayId, agents } });
  const { syncAgents: { agents: [agent] } } = await list([{ agentId: 'a', name: 'A', status: status === 'TERMINATED' ? 'ACTIVE' : status }]);
  if (status === 'TERMINATED') await list([]);
  return agent;
}

async function change(operation: Operation, input: object, principal?: typeof anotherOrganisation) {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input`;
  return (await graph.data(`mutation ($input: ${type}!) { ${operation}(input: $input) { agent { status updatedAt } userErrors { code message path } } }`, { input }, principal))[operation];
}

const told = async (id: string) => (await runSql<{ status: string }>(graph.databaseUrl, `SELECT "payload"->>'status' AS status FROM "eventOutbox" WHERE "subject" = $1 ORDER BY "sequence"`, [id])).map(({ status }) => status);

test.each<[Operation, string, string]>([
  ['pauseAgent', 'ACTIVE', 'PAUSED'], ['pauseAgent', 'ERROR', 'PAUSED'], ['resumeAgent', 'PAUSED', 'ACTIVE'],
  ['terminateAgent', 'ACTIVE', 'TERMINATED'], ['terminateAgent', 'PAUSED', 'TERMINATED'], ['terminateAgent', 'ERROR', 'TERMINATED'],
])('%s makes an agent that is %s %s, and others hear of it once', async (operation, from, to) => {
  const { id, updatedAt } = await anAgent(from);
  const answers = await Promise.all(Array.from({ length: 10 }, () => change(operation, { id, expectedVersion: updatedAt })));
  expect(answers.map(({ agent, userErrors }) => [agent?.status, userErrors])).toEqual(Array(10).fill([to, []]));
  expect(await told(id)).toEqual([from, to]);
});

test.each<[Operation, string, string]>([
  ['resumeAgent', 'ERROR', 'id: the agent is ERROR and cannot become ACTIVE; from there it can become PAUSED or TERMINATED'],
  ['pauseAgent', 'TERMINATED', 'id: the agent is TERMINATED and cannot become PAUSED, which is final'],
  ['resumeAgent', 'TERMINATED', 'id: the agent is TERMINATED and cannot become ACTIVE, which is final'],
])('%s does not take an agent that is %s', async (operation, from, message) => {
  const { id } = await anAgent(from);
  expect(await change(operation, { id })).toEqual({ agent: null, userErrors: [{ code: 'INVALID_TRANSITION', message, path: ['input', 'id'] }] });
  expect((await told(id)).at(-1)).toBe(from);
});

test.each<[Operation, string]>([['resumeAgent', 'ACTIVE'], ['terminateAgent', 'TERMINATED']])('%s of an agent that is %s already changes nothing and tells nobody', async (operation, status) => {
  const { id } = await anAgent(status);
  const before = await told(id);
  expect(await change(operation, { id, expectedVersion: '2020-01-01T00:00:00Z' })).toMatchObject({ agent: { status }, userErrors: [] });
  expect(await told(id)).toEqual(before);
});

test('an agent that has changed since it was read stays as it is', async () => {
  const { id, updatedAt } = await anAgent('ACTIVE');
  await change('pauseAgent', { id });
  const { userErrors } = await change('terminateAgent', { id, expectedVersion: updatedAt });
  expect(userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('a pause and an end at once leave it ended, and the last that others hear is that', async () => {
  const agents = await Promise.all(Array.from({ length: 10 }, () => anAgent('ACTIVE')));
  await Promise.all(agents.flatMap(({ id }) => [change('pauseAgent', { id }), change('terminateAgent', { id })]));
  for (const { id } of agents) expect((await told(id)).at(-1)).toBe('TERMINATED');
});

test('another organisation cannot reach it, and learns no more than of an id that leads nowhere', async () => {
  const { id } = await anAgent('ACTIVE');
  const answers = [await change('pauseAgent', { id }, anotherOrganisation), await change('pauseAgent', { id: newId('Agent') }, anotherOrganisation)];
  expect(answers).toEqual(Array(2).fill({ agent: null, userErrors: [{ code: 'NOT_FOUND', message: 'id: leads to no Agent', path: ['input', 'id'] }] }));
  expect((await change('resumeAgent', { id: 'run_01h455vb4pex5vsknk084sn02q' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'id'] }]);
});
