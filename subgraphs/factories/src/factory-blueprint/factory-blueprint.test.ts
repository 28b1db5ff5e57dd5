import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { aFactory } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
let typeId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph);
  typeId = (await graph.data('mutation { createFactoryType(input: { name: "Desk" }) { factoryType { id } } }')).createFactoryType.factoryType.id;
});
afterAll(() => graph.close());

const create = 'mutation ($input: CreateFactoryBlueprintInput!) { createFactoryBlueprint(input: $input) { factoryBlueprint { id name teamComposition budgetLimits type { name } } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateFactoryBlueprintInput!) { updateFactoryBlueprint(input: $input) { factoryBlueprint { name channelStructure } userErrors { code message path } } }';
const remove = 'mutation ($input: DeleteFactoryBlueprintInput!) { deleteFactoryBlueprint(input: $input) { deletedId userErrors { code path } } }';
const parts = {
  teamComposition: { members: [{ role: 'MANAGER', count: 1, positionId: newId('Position') }, { role: 'MEMBER', count: 6, workerType: 'AGENT' }] },
  channelStructure: { channels: [{ name: 'floor', type: 'FACTORY', relevancyMode: 'LLM' }] },
  environmentSpec: { environments: [{ name: 'main', provider: 'exe.dev', spec: { cpus: 8 } }, { name: 'review' }] },
  budgetLimits: { period: 'MONTHLY', amountCents: '250000.5', hardLimit: false, alertThresholds: [90] },
};
const aBlueprint = async (input: object = {}) => (await graph.data(create, { input: { typeId, name: 'Standard', ...parts, ...input } })).createFactoryBlueprint;

test('a blueprint keeps its parts as they were given, and only its organisation finds it', async () => {
  const { factoryBlueprint, userErrors } = await aBlueprint();
  expect(userErrors).toEqual([]);
  expect(factoryBlueprint).toMatchObject({ teamComposition: parts.teamComposition, budgetLimits: parts.budgetLimits, type: { name: 'Desk' } });
  expect(await graph.data('query ($id: ID!) { factoryBlueprint(id: $id) { id } }', { id: factoryBlueprint.id }, anotherOrganisation)).toEqual({ factoryBlueprint: null });
  expect((await aBlueprint({ typeId: newId('FactoryType') })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'typeId'] }]);
});

test.each([
  ['teamComposition', {}, 'teamComposition.members: Invalid input: expected array, received undefined'],
  ['teamComposition', [], 'teamComposition: must be a JSON object'],
  ['teamComposition', { members: [] }, 'teamComposition.members: needs at least one entry'],
  ['teamComposition', { members: [{ role: 'BOSS', count: 1 }] }, 'teamComposition.members.0.role: must be one of MANAGER, LEAD, MEMBER, REVIEWER'],
  ['teamComposition', { members: [{ role: 'LEAD', count: 0 }] }, 'teamComposition.members.0.count: must be from 1 to 100'],
  ['teamComposition', { members: [{ role: 'LEAD', count: 1.5 }] }, 'teamComposition.members.0.count: must be a whole number'],
  ['teamComposition', { members: [{ role: 'LEAD', count: 1, name: 'Ada' }] }, 'teamComposition.members.0: has what nobody reads: name'],
  ['channelStructure', { channels: [{ name: 'Shop Floor', type: 'FACTORY' }] }, 'channelStructure.channels.0.name: must be kebab-case, such as shop-floor'],
  ['channelStructure', { channels: [{ name: 'a', type: 'TEAM' }, { name: 'a', type: 'FACTORY' }] }, 'channelStructure.channels: has the same name twice'],
  ['environmentSpec', { environments: [{ name: 'main', spec: 'big' }] }, 'environmentSpec.environments.0.spec: must be a JSON object'],
  ['environmentSpec', { environments: Array.from({ length: 51 }, (_, i) => ({ name: `e-${i}` })) }, 'environmentSpec.environments: has more than 50 entries'],
  ['budgetLimits', { period: 'YEARLY', amountCents: '1' }, 'budgetLimits.period: must be one of DAILY, WEEKLY, MONTHLY'],
  ['budgetLimits', { period: 'DAILY', amountCents: 'much' }, 'budgetLimits.amountCents: must be a decimal number as a string, such as "2500.00"'],
  ['budgetLimits', { period: 'DAILY', amountCents: '1', alertThresholds: [50, 50] }, 'budgetLimits.alertThresholds.1: is in the list already'],
])('%s %j is refused when it is saved: %s', async (part, value, message) => {
  const { id } = (await aBlueprint()).factoryBlueprint;
  expect((await aBlueprint({ [part]: value })).userErrors.map((error: { message: string }) => error.message)).toEqual([message]);
  expect((await graph.data(update, { input: { id, [part]: value } })).updateFactoryBlueprint.userErrors).toMatchObject([{ code: 'INVALID', message, path: ['input', ...(message.split(':')[0] ?? '').split('.')] }]);
});

test('faults of several parts come at once', async () => {
  const { userErrors } = await aBlueprint({ name: '', teamComposition: { members: [] }, budgetLimits: { period: 'DAILY', amountCents: '-1' } });
  expect(userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.'))).toEqual(['name', 'teamComposition.members', 'budgetLimits.amountCents']);
});

test('an update replaces the part that is given and leaves the rest; another organisation and an old version do nothing', async () => {
  const { id } = (await aBlueprint()).factoryBlueprint;
  expect((await graph.data(update, { input: { id, channelStructure: { channels: [] } } })).updateFactoryBlueprint).toEqual({ factoryBlueprint: { name: 'Standard', channelStructure: { channels: [] } }, userErrors: [] });
  expect((await graph.data(update, { input: { id, name: 'x', expectedVersion: '2026-01-01T00:00:00Z' } })).updateFactoryBlueprint.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await graph.data(update, { input: { id, name: 'x' } }, anotherOrganisation)).updateFactoryBlueprint.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
});

test('a blueprint that a factory was provisioned from is not deleted; any other is', async () => {
  const [used, free] = [(await aBlueprint()).factoryBlueprint, (await aBlueprint()).factoryBlueprint];
  const factory = await aFactory(graph, { blueprintId: used.id });
  expect(await graph.data('query ($id: ID!) { factoryBlueprint(id: $id) { factories { nodes { id } } } }', { id: used.id })).toEqual({ factoryBlueprint: { factories: { nodes: [{ id: factory }] } } });
  expect((await graph.data(remove, { input: { id: used.id } })).deleteFactoryBlueprint.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id: free.id } })).deleteFactoryBlueprint).toEqual({ deletedId: free.id, userErrors: [] });
});
