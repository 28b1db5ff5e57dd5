import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createAgentsSubgraph } from '../index.ts';

let now = new Date('2026-11-23T10:00:00.000Z');
let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('agents'), (settings) => createAgentsSubgraph({ ...settings, now: () => now }))));
afterAll(() => graph.close());

const mutation = `mutation ($input: SyncAgentsInput!) { syncAgents(input: $input) {
  agents { id agentId name definitionId workerId status maxConcurrency metadata lastSeenAt updatedAt } addedCount updatedCount terminatedCount userErrors { code message path } } }`;
const pause = 'mutation ($id: ID!) { pauseAgent(input: { id: $id }) { agent { status } userErrors { code } } }';
const all = 'query ($gatewayId: ID!) { agents(where: { gatewayId: { eq: $gatewayId } }, orderBy: [{ field: NAME }], first: 100) { nodes { id agentId status } totalCount } }';

const sync = async (gatewayId: string, agents: object[], input: object = {}, principal?: typeof anotherOrganisation) =>
  (await graph.data(mutation, { input: { gatewayId, agents, ...input } }, principal)).syncAgents;
const named = (...ids: string[]) => ids.map((agentId) => ({ agentId, name: agentId }));
const statusOf = async (gatewayId: string): Promise<Record<string, string>> =>
  Object.fromEntries((await graph.data(all, { gatewayId })).agents.nodes.map(({ agentId, status }: { agentId: string; status: string }) => [agentId, status]));
const counts = ({ addedCount, updatedCount, terminatedCount }: Record<string, number>) => [addedCount, updatedCount, terminatedCount];

/** What other domains hear of a gateway's agents, in the order in which they hear it. */
async function heard(gatewayId: string): Promise<{ subject: string; said: string; occurredAt: Date }[]> {
  return runSql(graph.databaseUrl, `SELECT "subject", "occurredAt", ("payload"->>'status') || ' ' || ("payload"->>'maxConcurrency') AS said
    FROM "eventOutbox" WHERE "type" = 'agents.agent.changed' AND "subscriber" = 'workflow' AND "payload"->>'gatewayId' = $1 AND "payload"->>'agentId' = "subject" ORDER BY "sequence"`, [gatewayId]);
}

test('a gateway\'s runtime lists the agents of its own gateway, and those of no other', async () => {
  const [own, other] = [newId('Gateway'), newId('Gateway')];
  const runtime = { ...anotherOrganisation, subject: own, kind: 'gateway', scopes: ['gateways:runtime'] } as const;
  expect(counts(await sync(own, named('a'), {}, runtime))).toEqual([1, 0, 0]);
  expect((await sync(other, named('a'), {}, runtime)).userErrors).toEqual([{ code: 'FORBIDDEN', path: ['input', 'gatewayId'], message: 'gatewayId: a runtime lists the agents of its own gateway alone' }]);
});

test('a list adds what is new, changes what is known and terminates what is gone', async () => {
  const gatewayId = newId('Gateway');
  const workerId = newId('Worker');
  const first = await sync(gatewayId, [{ agentId: 'a', name: 'A', workerId, maxConcurrency: 3, metadata: { runtime: '3.2' } }, { agentId: 'b', name: 'B' }]);
  expect({ ...first, agents: first.agents.map(({ id: _, updatedAt: __, ...agent }: { id: string; updatedAt: string }) => agent) }).toEqual({
    addedCount: 2, updatedCount: 0, terminatedCount: 0, userErrors: [],
    agents: [
      { agentId: 'a', name: 'A', definitionId: null, workerId, status: 'ACTIVE', maxConcurrency: 3, metadata: { runtime: '3.2' }, lastSeenAt: '2026-11-23T10:00:00.000Z' },
      { agentId: 'b', name: 'B', definitionId: null, workerId: null, status: 'ACTIVE', maxConcurrency: 1, metadata: null, lastSeenAt: '2026-11-23T10:00:00.000Z' },
    ],
  });
  const second = await sync(gatewayId, [{ agentId: 'a', name: 'A', status: 'ERROR', workerId: null }, { agentId: 'c', name: 'C', status: 'PAUSED' }]);
  expect(counts(second)).toEqual([1, 1, 1]);
  expect(second.agents[0]).toMatchObject({ id: first.agents[0].id, status: 'ERROR', workerId: null, maxConcurrency: 3, metadata: { runtime: '3.2' } });
  expect(await statusOf(gatewayId)).toEqual({ a: 'ERROR', b: 'TERMINATED', c: 'PAUSED' });
  expect(counts(await sync(gatewayId, []))).toEqual([0, 0, 2]);
});

test('being seen again is no change: nobody hears of it, and the version stays', async () => {
  const gatewayId = newId('Gateway');
  const list = [{ agentId: 'a', name: 'A', metadata: { b: [1, 2.5], a: null } }];
  const { agents: [before] } = await sync(gatewayId, list);
  now = new Date('2026-11-23T10:00:30.000Z');
  const again = await sync(gatewayId, [{ agentId: 'a', name: 'A', status: 'ACTIVE', metadata: { a: null, b: [1, 2.5] } }]);
  expect(counts(again)).toEqual([0, 0, 0]);
  expect(again.agents).toEqual([{ ...before, lastSeenAt: now.toISOString() }]);
  expect(await heard(gatewayId)).toHaveLength(1);
});

test('others hear of what is new or gone and of another status or concurrency, each time later than the last, and of nothing else', async () => {
  const gatewayId = newId('Gateway');
  const { agents: [{ id }] } = await sync(gatewayId, named('a'));
  await sync(gatewayId, [{ agentId: 'a', name: 'Another name' }]);
  await sync(gatewayId, [{ agentId: 'a', name: 'a', maxConcurrency: 4 }]);
  await sync(gatewayId, [{ agentId: 'a', name: 'a', status: 'ERROR' }]);
  await sync(gatewayId, []);
  const events = await heard(gatewayId);
  expect(events.map(({ subject, said }) => [subject, said])).toEqual([[id, 'ACTIVE 1'], [id, 'ACTIVE 4'], [id, 'ERROR 4'], [id, 'TERMINATED 4']]);
  const times = events.map(({ occurredAt }) => occurredAt.getTime());
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
});

test('what somebody has paused stays paused whatever its runtime reports, and ends when it is gone', async () => {
  const gatewayId = newId('Gateway');
  const { agents: [{ id }] } = await sync(gatewayId, named('a'));
  await graph.data(pause, { id });
  for (const status of ['ACTIVE', 'ERROR', 'ACTIVE']) await sync(gatewayId, [{ agentId: 'a', name: 'a', status }]);
  expect(await statusOf(gatewayId)).toEqual({ a: 'PAUSED' });
  await sync(gatewayId, []);
  expect(await statusOf(gatewayId)).toEqual({ a: 'TERMINATED' });
});

test('what its runtime has paused its runtime resumes', async () => {
  const gatewayId = newId('Gateway');
  for (const status of ['PAUSED', 'ACTIVE']) await sync(gatewayId, [{ agentId: 'a', name: 'a', status }]);
  expect(await statusOf(gatewayId)).toEqual({ a: 'ACTIVE' });
});

test('an agent that is TERMINATED does not come back: the list is refused with its place, and nothing of it is taken in', async () => {
  const gatewayId = newId('Gateway');
  await sync(gatewayId, named('a', 'b'));
  await sync(gatewayId, named('b'));
  expect(await sync(gatewayId, [...named('new', 'a'), { agentId: 'b', name: 'renamed', status: 'PAUSED' }])).toEqual({
    agents: null, addedCount: 0, updatedCount: 0, terminatedCount: 0,
    userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'agents', '1', 'agentId'], message: 'agentId: "a" is TERMINATED on this gateway, which is final; leave it out, or list it under a new id' }],
  });
  expect(await statusOf(gatewayId)).toEqual({ a: 'TERMINATED', b: 'ACTIVE' });
  expect(counts(await sync(newId('Gateway'), named('a')))).toEqual([1, 0, 0]);
});

test('the database itself does not bring back what is TERMINATED', async () => {
  const gatewayId = newId('Gateway');
  await sync(gatewayId, named('a'));
  await sync(gatewayId, []);
  await expect(runSql(graph.databaseUrl, `UPDATE "agentRegistry" SET "status" = 'ACTIVE' WHERE "gatewayId" = $1`, [gatewayId])).rejects.toThrow('agentRegistry_terminated_is_final');
});

test('all faults of a list come at once, each with its place', async () => {
  const agents = [
    { agentId: ' ', name: '', maxConcurrency: 0 }, { agentId: 'a', name: 'A', status: 'TERMINATED' }, { agentId: 'a', name: 'A' },
    { agentId: 'b', name: 'B', definitionId: 'agt_x', workerId: 'w', metadata: { text: '\0' } }, { agentId: 'c', name: 'C', metadata: 'x'.repeat(10_000), maxConcurrency: null },
  ];
  const { userErrors } = await sync('gateway', agents);
  expect(userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.'))).toEqual(expect.arrayContaining([
    'gatewayId', 'agents.0.agentId', 'agents.0.name', 'agents.0.maxConcurrency', 'agents.1.status', 'agents.3.definitionId', 'agents.3.workerId', 'agents.3.metadata',
    'agents.4.metadata', 'agents.4.maxConcurrency',
  ]));
  expect((await sync(newId('Gateway'), named('a', 'b', 'a'))).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'agents', '2', 'agentId'], message: 'agents.2.agentId: is in the list twice' }]);
  expect((await sync(newId('Gateway'), named(...Array.from({ length: 1001 }, (_, i) => `a${i}`)))).userErrors).toMatchObject([{ path: ['input', 'agents'] }]);
});

test('a definition that is not there is refused with its place, as is another organisation\'s', async () => {
  const define = 'mutation { createAgentDefinition(input: { agentId: "theirs", name: "Theirs", tier: PERSONAL }) { agentDefinition { id } } }';
  const theirs = (await graph.data(define, {}, anotherOrganisation)).createAgentDefinition.agentDefinition.id;
  const ours = (await graph.data(define)).createAgentDefinition.agentDefinition.id;
  const agents = [ours, newId('AgentDefinition'), theirs].map((definitionId, i) => ({ agentId: `a${i}`, name: 'A', definitionId }));
  expect((await sync(newId('Gateway'), agents)).userErrors).toEqual(['1', '2'].map((i) => (
    { code: 'NOT_FOUND', message: 'definitionId: leads to no AgentDefinition', path: ['input', 'agents', i, 'definitionId'] })));
});

test('a key that comes again answers the same counts and changes nothing; with another list it is a conflict', async () => {
  const gatewayId = newId('Gateway');
  const idempotencyKey = newId('Agent');
  const answers = await Promise.all(Array.from({ length: 10 }, () => sync(gatewayId, named('a', 'b'), { idempotencyKey })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(counts(answers[0])).toEqual([2, 0, 0]);
  await sync(gatewayId, named('b'));
  expect(counts(await sync(gatewayId, named('a', 'b'), { idempotencyKey }))).toEqual([2, 0, 0]);
  expect(await statusOf(gatewayId)).toEqual({ a: 'TERMINATED', b: 'ACTIVE' });
  expect((await sync(gatewayId, named('b'), { idempotencyKey })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'idempotencyKey'] }]);
});

test('two lists of one gateway at once end as one of the two', async () => {
  const outcomes = await Promise.all(Array.from({ length: 10 }, async () => {
    const gatewayId = newId('Gateway');
    const answers = await Promise.all([sync(gatewayId, named('both', 'first', 'first-too')), sync(gatewayId, named('both', 'second', 'second-too'))]);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const status = await statusOf(gatewayId);
    const events = await heard(gatewayId);
    // Whoever comes later ends what only the other has; the last thing that is told of each agent is what it is.
    const byId = new Map(events.map(({ subject, said }) => [subject, said]));
    expect([...byId.values()].toSorted()).toEqual(Object.values(status).map((each) => `${each} 1`).toSorted());
    return Object.keys(status).filter((agentId) => status[agentId] === 'ACTIVE').toSorted().join();
  }));
  for (const outcome of outcomes) expect(['both,first,first-too', 'both,second,second-too']).toContain(outcome);
});

test('a pause that comes at the same time as a list is not lost', async () => {
  const gatewayId = newId('Gateway');
  const agents = named(...Array.from({ length: 10 }, (_, i) => `a${i}`));
  const { agents: made } = await sync(gatewayId, agents);
  await Promise.all([
    ...made.map(({ id }: { id: string }) => graph.data(pause, { id })),
    ...[2, 3].map((maxConcurrency) => sync(gatewayId, agents.map((agent) => ({ ...agent, status: 'ACTIVE', maxConcurrency })))),
  ]);
  expect(new Set(Object.values(await statusOf(gatewayId)))).toEqual(new Set(['PAUSED']));
});

test('the same gateway id in another organisation is another gateway', async () => {
  const gatewayId = newId('Gateway');
  await sync(gatewayId, named('a'));
  expect(counts(await sync(gatewayId, named('b'), {}, anotherOrganisation))).toEqual([1, 0, 0]);
  expect(await statusOf(gatewayId)).toEqual({ a: 'ACTIVE' });
  expect((await graph.data(all, { gatewayId }, anotherOrganisation)).agents.nodes).toMatchObject([{ agentId: 'b' }]);
});

test('a list of 1,000 agents takes seven statements, as one of a single agent does', async () => {
  const gatewayId = newId('Gateway');
  const many = (status: string) => Array.from({ length: 1000 }, (_, i) => ({ agentId: `a${i}`, name: 'A', status }));
  await sync(gatewayId, many('ACTIVE'));
  graph.statements.clear();
  expect(counts(await sync(gatewayId, many('ERROR')))).toEqual([0, 1000, 0]);
  expect(graph.statements.texts.map((text) => text.split(' ').slice(0, 3).join(' '))).toEqual([
    'BEGIN', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', 'SELECT "id", "agentId",', 'INSERT INTO "agentRegistry"', 'WITH written AS', expect.stringMatching(/^SELECT/), 'COMMIT',
  ]);
  expect(await heard(gatewayId)).toHaveLength(2000);
});
