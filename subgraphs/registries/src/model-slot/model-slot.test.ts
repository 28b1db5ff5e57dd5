import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph)));
afterAll(() => graph.close());

const model = 'mutation ($modelKey: String!) { createModel(input: { modelKey: $modelKey, displayName: "M", inputPrice: "1", outputPrice: "1" }) { model { id } } }';
const create = 'mutation ($input: CreateModelSlotInput!) { createModelSlot(input: $input) { modelSlot { id updatedAt } userErrors { code path } } }';
const update = 'mutation ($input: UpdateModelSlotInput!) { updateModelSlot(input: $input) { modelSlot { slot model { modelKey } } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteModelSlotInput!) { deleteModelSlot(input: $input) { deletedId userErrors { code path } } }';
const definitionId = 'agd_01h455vb4pex5vsknk084sn02q';

const aModel = async (modelKey: string) => (await graph.data(model, { modelKey })).createModel.model.id as string;
const aSlot = async (input: object) => (await graph.data(create, { input: { definitionId, ...input } })).createModelSlot;

test('an agent has one model for a kind of work, also when ten are given to it at once', async () => {
  const modelId = await aModel('openai/one');
  const answers = await Promise.all(Array.from({ length: 10 }, () => aSlot({ slot: 'FAST', modelId })));
  const faults = answers.flatMap(({ userErrors }) => userErrors);
  expect(faults).toEqual(Array(9).fill({ code: 'CONFLICT', path: ['input', 'slot'] }));
});

test('a slot needs a model of the catalogue', async () => {
  expect((await aSlot({ slot: 'VISION', modelId: 'mdl_01h455vb4pex5vsknk084sn02q' })).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'modelId'] }]);
});

test('another model comes into the slot, once for those who saw the same version', async () => {
  const { id, updatedAt } = (await aSlot({ slot: 'REASONING', modelId: await aModel('openai/before') })).modelSlot;
  const modelId = await aModel('openai/after');
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, modelId } })).updateModelSlot.modelSlot).toEqual({ slot: 'REASONING', model: { modelKey: 'openai/after' } });
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, modelId } })).updateModelSlot.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('an emptied slot takes a model again; another organisation cannot empty it', async () => {
  const modelId = await aModel('openai/again');
  const { id } = (await aSlot({ slot: 'EMBEDDING', modelId })).modelSlot;
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteModelSlot.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id } })).deleteModelSlot.deletedId).toBe(id);
  expect((await aSlot({ slot: 'EMBEDDING', modelId })).userErrors).toEqual([]);
});
