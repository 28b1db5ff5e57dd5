import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateModelInput!) { createModel(input: $input) { model { id modelKey provider inputPrice cachedInputPrice status reasoning modalities updatedAt } userErrors { code path message } } }';
const update = 'mutation ($input: UpdateModelInput!) { updateModel(input: $input) { model { displayName inputPrice contextWindow modalities } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteModelInput!) { deleteModel(input: $input) { deletedId userErrors { code path } } }';
const slot = 'mutation ($input: CreateModelSlotInput!) { createModelSlot(input: $input) { userErrors { code } } }';
const definitionId = 'agd_01h455vb4pex5vsknk084sn02q';
const prices = { inputPrice: '1.25', outputPrice: '10' };

async function aModel(modelKey: string, input: object = {}, principal?: typeof anotherOrganisation) {
  return (await graph.data(create, { input: { modelKey, displayName: modelKey, ...prices, ...input } }, principal)).createModel.model;
}

test('a new model is active, is served by whom its key says, and keeps every digit of its price', async () => {
  expect(await aModel('x-ai/grok-4-0709', { cachedInputPrice: '0.000001', modalities: ['text', 'image'] })).toMatchObject({
    provider: 'x-ai', status: 'ACTIVE', reasoning: false, inputPrice: '1.25', cachedInputPrice: '0.000001', modalities: ['text', 'image'],
  });
});

test('every fault of an input comes at once, with its path', async () => {
  const input = { modelKey: 'GPT 5', displayName: ' ', inputPrice: '-1', outputPrice: '0.0000001', contextWindow: 0, modalities: ['text', 'text'] };
  const { model, userErrors } = (await graph.data(create, { input })).createModel;
  expect(model).toBeNull();
  expect(userErrors.map(({ code, path }: { code: string; path: string[] }) => [code, path.slice(1).join('.')])).toEqual(
    ['modelKey', 'displayName', 'inputPrice', 'outputPrice', 'contextWindow', 'modalities.1'].map((path) => ['INVALID', path]),
  );
  expect(userErrors[0].message).toBe('modelKey: must be provider/model, such as openai/gpt-5, the provider in lower case');
});

test('of ten that bring the same key at once one is written; another organisation has the key for itself', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => graph.data(create, { input: { modelKey: 'openai/once', displayName: 'Once', ...prices } })));
  const faults = answers.flatMap(({ createModel }) => createModel.userErrors);
  expect(faults).toHaveLength(9);
  expect(faults[0]).toMatchObject({ code: 'CONFLICT', path: ['input', 'modelKey'] });
  expect(await aModel('openai/once', {}, anotherOrganisation)).toMatchObject({ modelKey: 'openai/once' });
});

test('ten calls at once with one idempotency key make one model', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => aModel('openai/repeated', { idempotencyKey: 'k1' })));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
});

test('an update takes limits and name, clears what is optional, and knows nothing of prices, key and status', async () => {
  const { id, updatedAt } = await aModel('openai/changing', { contextWindow: 100 });
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, displayName: 'Changed', contextWindow: null } })).updateModel).toEqual({
    model: { displayName: 'Changed', inputPrice: '1.25', contextWindow: null, modalities: [] }, userErrors: [],
  });
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, displayName: 'Late' } })).updateModel.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  for (const field of ['inputPrice: "1"', 'modelKey: "a/b"', 'status: DEPRECATED']) {
    const { errors } = await graph.ask(`mutation { updateModel(input: { id: "${id}", ${field} }) { model { id } } }`);
    expect(errors?.[0]?.message).toContain('is not defined by type "UpdateModelInput"');
  }
});

test('a model that an agent has in a slot is not deleted; one that nothing names is', async () => {
  const [used, free] = [await aModel('openai/used'), await aModel('openai/free')];
  await graph.data(slot, { input: { definitionId, slot: 'FAST', modelId: used.id } });
  expect((await graph.data(remove, { input: { id: used.id } })).deleteModel).toEqual({ deletedId: null, userErrors: [{ code: 'CONFLICT', path: ['input', 'id'] }] });
  expect((await graph.data(remove, { input: { id: free.id } })).deleteModel).toEqual({ deletedId: free.id, userErrors: [] });
});

test('another organisation cannot see, change or delete it, and learns nothing of it', async () => {
  const { id } = await aModel('openai/ours');
  expect(await graph.data('query ($id: ID!) { model(id: $id) { id } models(where: { modelKey: { eq: "openai/ours" } }) { totalCount } }', { id }, anotherOrganisation)).toEqual({ model: null, models: { totalCount: 0 } });
  const unknown = [{ code: 'NOT_FOUND', path: ['input', 'id'] }];
  expect((await graph.data(update, { input: { id, displayName: 'x' } }, anotherOrganisation)).updateModel.userErrors).toEqual(unknown);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteModel.userErrors).toEqual(unknown);
  expect((await graph.data(slot, { input: { definitionId, slot: 'FAST', modelId: id } }, anotherOrganisation)).createModelSlot.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
});

test('the slots of many models are one statement', async () => {
  for (const name of ['a', 'b', 'c']) {
    const { id } = await aModel(`slots/${name}`);
    for (const [i, kind] of ['FAST', 'VISION'].entries()) await graph.data(slot, { input: { definitionId: `agd_01h455vb4pex5vsknk084sn0${name}${i}`, slot: kind, modelId: id } });
  }
  graph.statements.clear();
  const { models } = await graph.data('{ models(where: { provider: { eq: "slots" } }, orderBy: [{ field: MODEL_KEY }]) { nodes { modelKey slots { nodes { slot } } } } }');
  expect(models.nodes.map(({ modelKey, slots }: { modelKey: string; slots: { nodes: unknown[] } }) => [modelKey, slots.nodes.length])).toEqual([['slots/a', 2], ['slots/b', 2], ['slots/c', 2]]);
  expect(graph.statements.texts).toHaveLength(2);
});

test('the database itself keeps provider and key together, and prices from falling below nothing', async () => {
  const insert = (provider: string, price: string) => runSql(graph.databaseUrl, `
    INSERT INTO "modelCatalog" ("id", "orgId", "modelKey", "provider", "displayName", "inputPrice", "outputPrice") VALUES ('mdl_x', 'org_x', 'openai/x', $1, 'X', $2, 1)`, [provider, price]);
  await expect(insert('google', '1')).rejects.toThrow('modelCatalog_provider_is_of_key');
  await expect(insert('openai', '-1')).rejects.toThrow('modelCatalog_prices_not_negative');
});
