import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { createBudgetSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('budget'), createBudgetSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }';
const budgets = (count: number): Promise<string[]> => Promise.all(Array.from({ length: count }, async () =>
  (await graph.data(create, { input: { name: 'x', scopeType: 'TEAM', scopeId: newId('Team'), period: 'DAILY', amountCents: '1' } })).createBudget.budget.id));

async function link(parentId: string | undefined, childId: string | undefined): Promise<string> {
  const id = newId('BudgetLink');
  await runSql(graph.databaseUrl, 'INSERT INTO "budgetHierarchy" ("id", "orgId", "parentId", "childId") SELECT $1, "orgId", "id", $3 FROM "budgets" WHERE "id" = $2', [id, parentId, childId]);
  return id;
}

test('a link is found from both of its ends, and by nobody else', async () => {
  const [parent, child] = await budgets(2);
  const id = await link(parent, child);
  const query = `query ($id: ID!, $parent: ID!, $child: ID!) {
    budgetLink(id: $id) { parent { id } child { id } } parent: budget(id: $parent) { childLinks { nodes { id } } } child: budget(id: $child) { parentLinks { nodes { id } } } }`;
  expect(await graph.data(query, { id, parent, child })).toEqual({ budgetLink: { parent: { id: parent }, child: { id: child } }, parent: { childLinks: { nodes: [{ id }] } }, child: { parentLinks: { nodes: [{ id }] } } });
  expect(await graph.data(query, { id, parent, child }, anotherOrganisation)).toEqual({ budgetLink: null, parent: null, child: null });
});

test('the children of many budgets are one statement', async () => {
  const [parent, ...children] = await budgets(4);
  for (const child of children) await link(parent, child);
  graph.statements.clear();
  await graph.data('{ budgets(first: 100) { nodes { childLinks(first: 2) { nodes { childId } } } } }');
  expect(graph.statements.texts).toHaveLength(2);
});

test('a link to itself, one that is there already, and a change of one are refused', async () => {
  const [parent, child] = await budgets(2);
  const id = await link(parent, child);
  await expect(link(parent, parent)).rejects.toThrow('budgetHierarchy_not_to_itself');
  await expect(link(parent, child)).rejects.toThrow('budgetHierarchy_orgId_parentId_childId_key');
  await expect(runSql(graph.databaseUrl, 'UPDATE "budgetHierarchy" SET "parentId" = "childId", "childId" = "parentId" WHERE "id" = $1', [id])).rejects.toThrow('never changes');
});

test('a circle is refused at any depth; two ways to the same budget are none', async () => {
  const chain = await budgets(6);
  for (let i = 1; i < chain.length; i++) await link(chain[i - 1], chain[i]);
  await expect(link(chain[5], chain[0])).rejects.toThrow('budgetHierarchy_no_cycle');
  await expect(link(chain[1], chain[0])).rejects.toThrow('budgetHierarchy_no_cycle');
  await link(chain[0], chain[5]);
});

test('of links that would close a circle together, all at once, the last is refused', async () => {
  for (let round = 0; round < 5; round++) {
    const ring = await budgets(3);
    const outcomes = await Promise.allSettled(ring.map((parent, i) => link(parent, ring[(i + 1) % 3])));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  }
});
