import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { aFactory } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph)));
afterAll(() => graph.close());

const work = 'mutation ($factoryId: ID!) { createFactoryAssignment(input: { factoryId: $factoryId, title: "Sweep" }) { factoryAssignment { id } } }';
const remove = 'mutation ($id: ID!) { deleteFactoryAssignment(input: { id: $id }) { userErrors { code message } } }';

async function attribute(factoryId: string, row: Record<string, unknown> = {}): Promise<string> {
  const id = newId('FactoryTokenEvent');
  const all = { tokenEventId: newId('TokenEvent'), totalTokens: 1_200, costCents: '0.0000000001', occurredAt: '2026-01-01T00:00Z', ...row };
  const columns = Object.keys(all);
  await runSql(graph.databaseUrl, `INSERT INTO "factoryTokenEvents" ("id", "orgId", "factoryId", ${columns.map((column) => `"${column}"`).join()})
    SELECT $1, "orgId", "id", ${columns.map((_, i) => `$${i + 3}`).join()} FROM "factories" WHERE "id" = $2`, [id, factoryId, ...Object.values(all)]);
  return id;
}

test('a call counts for a factory, its work, run and worker, and is found from all of them, by nobody else', async () => {
  const factoryId = await aFactory(graph);
  const assignmentId = (await graph.data(work, { factoryId })).createFactoryAssignment.factoryAssignment.id;
  const [tokenEventId, runId, workerId] = [newId('TokenEvent'), newId('WorkflowRun'), newId('Worker')];
  const id = await attribute(factoryId, { assignmentId, tokenEventId, runId, workerId });
  const query = `query ($id: ID!, $others: [_Any!]!) {
    factoryTokenEvent(id: $id) { costCents totalTokens tokenEvent { id } run { id } worker { id } factory { attributedTokenEvents { nodes { id } } } assignment { tokenEvents { nodes { id } } } }
    _entities(representations: $others) {
      ... on TokenEvent { factoryAttributions { nodes { id } } } ... on WorkflowRun { factoryTokenEvents { nodes { id } } } ... on Worker { factoryTokenEvents { nodes { id } } } } }`;
  const others = [{ __typename: 'TokenEvent', id: tokenEventId }, { __typename: 'WorkflowRun', id: runId }, { __typename: 'Worker', id: workerId }];
  const found = { nodes: [{ id }] };
  expect(await graph.data(query, { id, others })).toEqual({
    factoryTokenEvent: {
      costCents: '0.0000000001', totalTokens: 1_200, tokenEvent: { id: tokenEventId }, run: { id: runId }, worker: { id: workerId }, factory: { attributedTokenEvents: found }, assignment: { tokenEvents: found },
    },
    _entities: [{ factoryAttributions: found }, { factoryTokenEvents: found }, { factoryTokenEvents: found }],
  });
  expect((await graph.data(query, { id, others }, anotherOrganisation)).factoryTokenEvent).toBeNull();
  expect((await graph.data(remove, { id: assignmentId })).deleteFactoryAssignment.userErrors).toEqual([{ code: 'CONFLICT', message: 'id: LLM calls count for this work; it stays for their history' }]);
});

test('a call counts once, is never negative, and does not change', async () => {
  const [factoryId, tokenEventId] = [await aFactory(graph), newId('TokenEvent')];
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => attribute(factoryId, { tokenEventId })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(attribute(factoryId, { costCents: '-1' })).rejects.toThrow('factoryTokenEvents_usage_not_negative');
  await expect(runSql(graph.databaseUrl, 'UPDATE "factoryTokenEvents" SET "costCents" = 0 WHERE "tokenEventId" = $1', [tokenEventId])).rejects.toThrow('never changes');
});

test('the calls of many factories are one statement', async () => {
  for (let i = 0; i < 3; i++) await attribute(await aFactory(graph));
  graph.statements.clear();
  await graph.data('{ factories { nodes { attributedTokenEvents(first: 2) { nodes { costCents } } } } }');
  expect(graph.statements.texts).toHaveLength(2);
});
