import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph)));
afterAll(() => graph.close());

const category = 'mutation ($input: CreateStepCategoryInput!) { createStepCategory(input: $input) { stepCategory { id sortOrder updatedAt } userErrors { code path } } }';
const recategorise = 'mutation ($input: UpdateStepCategoryInput!) { updateStepCategory(input: $input) { stepCategory { name icon } userErrors { code path } } }';
const dropCategory = 'mutation ($input: DeleteStepCategoryInput!) { deleteStepCategory(input: $input) { deletedId userErrors { code } } }';
const create = 'mutation ($input: CreateLibraryStepInput!) { createLibraryStep(input: $input) { libraryStep { id version inputSchema outputSchema updatedAt category { name } } userErrors { code path message } } }';
const update = 'mutation ($input: UpdateLibraryStepInput!) { updateLibraryStep(input: $input) { libraryStep { version inputSchema outputSchema definition } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteLibraryStepInput!) { deleteLibraryStep(input: $input) { deletedId userErrors { code } } }';

let categoryId: string;
beforeAll(async () => (categoryId = (await aCategory({ name: 'Finance' })).stepCategory.id));

const aCategory = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(category, { input }, principal)).createStepCategory;
const aStep = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(create, { input: { categoryId, definition: { role: 'clerk' }, ...input } }, principal)).createLibraryStep;
const change = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(update, { input }, principal)).updateLibraryStep;

test('each change of a step raises its version; a null clears a schema, and what is left out stays', async () => {
  const schema = { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] };
  const { id, version, inputSchema, category: itsCategory } = (await aStep({ name: 'ledger-booking', inputSchema: schema, outputSchema: schema })).libraryStep;
  expect({ version, inputSchema, itsCategory }).toEqual({ version: 1, inputSchema: schema, itsCategory: { name: 'Finance' } });
  expect((await change({ id, inputSchema: null })).libraryStep).toEqual({ version: 2, inputSchema: null, outputSchema: schema, definition: { role: 'clerk' } });
  expect((await change({ id, definition: null })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'definition'] }]);
});

test.each([
  ['a definition that is no object', { definition: ['role'] }, 'definition: must be a JSON object'],
  ['a definition with a place of its own', { definition: { depends_on: ['a'] } }, 'definition.depends_on: is for the definition that uses the step to say'],
  ['an unknown on_failure', { definition: { on_failure: 'panic' } }, 'definition.on_failure: must be one of halt, skip, retry_once, retry_once_then_escalate'],
  ['a schema with a type that there is not', { inputSchema: { properties: { a: { type: 'text' } } } }, 'inputSchema.properties.a.type: must be one of array, boolean, integer, null, number, object, string, or must be array'],
  ['a schema with a slash in a name', { outputSchema: { properties: { 'a/b': { minimum: 'x' } } } }, 'outputSchema.properties.a/b.minimum: must be number'],
  ['a schema of an unknown draft', { inputSchema: { $schema: 'urn:mine' } }, 'inputSchema.$schema: must be https://json-schema.org/draft/2020-12/schema or http://json-schema.org/draft-07/schema#'],
])('%s is refused with its place', async (_, input, message) => {
  const { libraryStep, userErrors } = await aStep({ name: 'refused', ...input });
  expect(libraryStep).toBeNull();
  expect(userErrors.map((each: { message: string }) => each.message)).toEqual([message]);
});

test('a schema may be of draft 7 when it says so', async () => {
  const inputSchema = { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }] };
  expect((await aStep({ name: 'older', inputSchema })).userErrors).toEqual([]);
  expect((await aStep({ name: 'newer', inputSchema: { items: [{}] } })).userErrors).toMatchObject([{ path: ['input', 'inputSchema', 'items'] }]);
});

test('a name is taken once, when ten come at once too', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => aStep({ name: 'taken' })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject(Array(9).fill({ code: 'CONFLICT', path: ['input', 'name'] }));
});

test('a step is in a category of its own organisation', async () => {
  const theirs = (await aCategory({ name: 'Finance' }, anotherOrganisation)).stepCategory.id;
  expect((await aStep({ name: 'astray', categoryId: theirs })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'categoryId'] }]);
  const { id } = (await aStep({ name: 'at-home' })).libraryStep;
  expect((await change({ id, categoryId: theirs })).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'categoryId'] }]);
});

test('a step that somebody else has changed meanwhile stays as it is; another organisation cannot reach it', async () => {
  const { id, updatedAt } = (await aStep({ name: 'contended' })).libraryStep;
  await change({ id, description: 'first' });
  expect((await change({ id, expectedVersion: updatedAt, description: 'second' })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await change({ id, description: 'theirs' }, anotherOrganisation)).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteLibraryStep.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } })).deleteLibraryStep).toEqual({ deletedId: id, userErrors: [] });
});

test('a category with steps is not deleted; an empty one is', async () => {
  const empty = (await aCategory({ name: 'Empty' })).stepCategory.id;
  await aStep({ name: 'inside' });
  expect((await graph.data(dropCategory, { input: { id: categoryId } })).deleteStepCategory.userErrors).toEqual([{ code: 'CONFLICT' }]);
  expect((await graph.data(dropCategory, { input: { id: empty } })).deleteStepCategory).toEqual({ deletedId: empty, userErrors: [] });
});

test('categories come in the order of the palette, with their steps in one statement', async () => {
  for (const [sortOrder, name] of ['Third', 'Second', 'First'].entries()) {
    const made = (await aCategory({ name, sortOrder: 30 - sortOrder })).stepCategory.id;
    await aStep({ name: `of ${name}`, categoryId: made });
  }
  graph.statements.clear();
  const { stepCategories } = await graph.data('{ stepCategories(where: { sortOrder: { gt: 0 } }, orderBy: [{ field: SORT_ORDER }]) { nodes { name steps { nodes { name } } } } }');
  expect(stepCategories.nodes).toEqual(['First', 'Second', 'Third'].map((name) => ({ name, steps: { nodes: [{ name: `of ${name}` }] } })));
  expect(graph.statements.texts).toHaveLength(2);
});

test('the name of a category is unique, its place is not negative, and its icon can be cleared', async () => {
  expect((await aCategory({ name: 'Finance' })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'name'] }]);
  expect((await aCategory({ name: 'Below', sortOrder: -1 })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'sortOrder'] }]);
  const { id, updatedAt } = (await aCategory({ name: 'Drawn', icon: 'flask' })).stepCategory;
  expect((await graph.data(recategorise, { input: { id, icon: null } })).updateStepCategory.stepCategory).toEqual({ name: 'Drawn', icon: null });
  expect((await graph.data(recategorise, { input: { id, expectedVersion: updatedAt, name: 'Late' } })).updateStepCategory.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await graph.data(recategorise, { input: { id, name: 'Theirs' } }, anotherOrganisation)).updateStepCategory.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
});
