import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
let categoryId: string;
beforeEach(async () => {
  graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph);
  categoryId = (await graph.data('mutation { createStepCategory(input: { name: "Finance" }) { stepCategory { id } } }')).createStepCategory.stepCategory.id;
});
afterEach(() => graph.close());

const mutations = {
  create: 'mutation ($input: CreateLibraryStepInput!) { answer: createLibraryStep(input: $input) { libraryStep { id updatedAt } userErrors { code } } }',
  update: 'mutation ($input: UpdateLibraryStepInput!) { answer: updateLibraryStep(input: $input) { libraryStep { id updatedAt } userErrors { code } } }',
  delete: 'mutation ($input: DeleteLibraryStepInput!) { answer: deleteLibraryStep(input: $input) { deletedId userErrors { code } } }',
};

const run = async (operation: keyof typeof mutations, input: object, principal?: typeof anotherOrganisation) => (await graph.data(mutations[operation], { input }, principal)).answer;

const aStep = async (name: string, input: object = {}): Promise<{ id: string; updatedAt: string }> => (await run('create', { categoryId, name, definition: { role: 'clerk' }, ...input })).libraryStep;

interface Heard {
  readonly subject: string;
  readonly payload: { name: string; definition: object | null };
  readonly occurredAt: Date;
}

const heard = () => runSql<Heard & Record<string, unknown>>(graph.databaseUrl, `SELECT "subject", "payload", "occurredAt" FROM "eventOutbox" WHERE "subscriber" = 'workflow' ORDER BY "sequence"`);
const said = async () => (await heard()).map(({ subject, payload: { name, definition } }) => [subject, name, definition]);

test('others hear of a step that is made, changed, renamed and deleted, by its name', async () => {
  const { id } = await aStep('book', { idempotencyKey: 'once' });
  await aStep('book', { idempotencyKey: 'once' });
  await run('update', { id, definition: { role: 'auditor', timeout: 60 } });
  await run('update', { id, name: 'post' });
  await run('delete', { id });
  const defaults = { role: 'auditor', timeout: 60 };
  expect(await said()).toEqual([[id, 'book', { role: 'clerk' }], [id, 'book', defaults], [id, 'book', null], [id, 'post', defaults], [id, 'post', null]]);
});

test('nobody hears of what was refused', async () => {
  const { id, updatedAt } = await aStep('book');
  await run('update', { id, description: 'changed' });
  const before = await said();
  const refused = [
    await run('update', { id, expectedVersion: updatedAt, name: 'late' }), await run('delete', { id, expectedVersion: updatedAt }),
    await run('update', { id, name: 'theirs' }, anotherOrganisation), await run('delete', { id }, anotherOrganisation),
    await run('create', { name: 'book', categoryId, definition: {} }),
  ];
  expect(refused.map(({ userErrors }) => userErrors)).toEqual(['CONFLICT', 'CONFLICT', 'NOT_FOUND', 'NOT_FOUND', 'CONFLICT'].map((code) => [{ code }]));
  expect(await said()).toEqual(before);
});

/** What somebody knows of each name who goes by the times alone, in whatever order the events come. */
async function knownByTime(): Promise<Record<string, object | null>> {
  const events = (await heard()).toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  return Object.fromEntries(events.map(({ payload: { name, definition } }) => [name, definition]));
}

test('a name that goes from step to step at once ends up with what the graph says, by the times of the events alone', async () => {
  const steps = await Promise.all(Array.from({ length: 6 }, (_, i) => aStep(`step-${i}`, { definition: { role: `role-${i}` } })));
  for (let round = 0; round < 2; round++) {
    await Promise.all(steps.flatMap(({ id }, i) => [run('update', { id, name: 'wanted' }), run('update', { id, name: `step-${(i + round) % 6}` })]));
  }
  const { librarySteps } = await graph.data('{ librarySteps(first: 100) { nodes { name definition } } }');
  const there = Object.fromEntries(librarySteps.nodes.map(({ name, definition }: { name: string; definition: object }) => [name, definition]));
  const known = await knownByTime();
  expect(Object.fromEntries(Object.entries(known).filter(([, definition]) => definition !== null))).toEqual(there);
});

test('no two changes have one time, however quickly they follow', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => aStep(`step-${i}`)));
  const times = (await heard()).map(({ occurredAt }) => occurredAt.getTime());
  expect(new Set(times).size).toBe(20);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('refusals at once, more than there are connections, do not keep each other from answering', async () => {
  const { id } = await aStep('book');
  const answers = await Promise.all(Array.from({ length: 16 }, () => run('update', { id, expectedVersion: '2020-01-01T00:00:00Z', name: 'late' })));
  expect(answers.map(({ userErrors }) => userErrors)).toEqual(Array(16).fill([{ code: 'CONFLICT' }]));
});
