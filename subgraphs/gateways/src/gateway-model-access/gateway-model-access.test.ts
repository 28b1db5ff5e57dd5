import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { aGateway } from '../fixture/rows.ts';
import { createGatewaysSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('gateways'), createGatewaysSubgraph)));
afterAll(() => graph.close());

const fields = 'gatewayModelAccess { id allowed allowedTiers requestsPerMinute updatedAt } userErrors { code message path }';
const create = `mutation ($input: CreateGatewayModelAccessInput!) { createGatewayModelAccess(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateGatewayModelAccessInput!) { updateGatewayModelAccess(input: $input) { ${fields} } }`;
const remove = 'mutation ($input: DeleteGatewayModelAccessInput!) { deleteGatewayModelAccess(input: $input) { deletedId userErrors { code path } } }';

async function anAccess(input: object = {}) {
  const ids = { gatewayId: await aGateway(graph.databaseUrl), modelId: newId('Model') };
  return { ...ids, ...(await graph.data(create, { input: { ...ids, ...input } })).createGatewayModelAccess.gatewayModelAccess };
}

test('unless more is said, a gateway may use the model for every tier and without a limit', async () => {
  const made = await anAccess();
  expect(made).toMatchObject({ allowed: true, allowedTiers: [], requestsPerMinute: null });
  const both = await graph.data(
    'query ($gateway: ID!, $models: [_Any!]!) { gateway(id: $gateway) { modelAccess { nodes { id model { id } } } } _entities(representations: $models) { ... on Model { gatewayAccess { nodes { id gateway { name } } } } } }',
    { gateway: made.gatewayId, models: [{ __typename: 'Model', id: made.modelId }] },
  );
  expect(both).toEqual({
    gateway: { modelAccess: { nodes: [{ id: made.id, model: { id: made.modelId } }] } },
    _entities: [{ gatewayAccess: { nodes: [{ id: made.id, gateway: { name: 'Berlin' } }] } }],
  });
});

test('every fault of an input comes at once', async () => {
  const { createGatewayModelAccess } = await graph.data(create, { input: { gatewayId: newId('Model'), modelId: newId('Model'), allowedTiers: ['OPERATOR', 'PERSONAL', 'OPERATOR'], requestsPerMinute: 0 } });
  expect(createGatewayModelAccess.userErrors).toEqual([
    { code: 'INVALID', path: ['input', 'gatewayId'], message: expect.stringContaining('expected the id of a Gateway') },
    { code: 'INVALID', path: ['input', 'allowedTiers', '2'], message: 'allowedTiers.2: is in the list already' },
    { code: 'INVALID', path: ['input', 'requestsPerMinute'], message: 'requestsPerMinute: must be 1 or more; to forbid the model, say allowed: false' },
  ]);
});

test('of ten that say something of one gateway and model at once, one is heard', async () => {
  const input = { gatewayId: await aGateway(graph.databaseUrl), modelId: newId('Model') };
  const answers = await Promise.all(Array.from({ length: 10 }, () => graph.data(create, { input })));
  const faults = answers.flatMap(({ createGatewayModelAccess }) => createGatewayModelAccess.userErrors);
  expect(faults).toEqual(Array(9).fill({ code: 'CONFLICT', path: ['input', 'modelId'], message: 'gatewayId with modelId: is taken already; it must be unique' }));
});

test('a gateway of nobody, or of another organisation, is not found', async () => {
  const theirs = await aGateway(graph.databaseUrl, { orgId: anotherOrganisation.orgId });
  for (const gatewayId of [newId('Gateway'), theirs]) {
    const { createGatewayModelAccess } = await graph.data(create, { input: { gatewayId, modelId: newId('Model') } });
    expect(createGatewayModelAccess).toMatchObject({ gatewayModelAccess: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'gatewayId'] }] });
  }
});

test('an update takes only what changes, clears a limit by null, and loses against an earlier one', async () => {
  const { id, updatedAt } = await anAccess({ requestsPerMinute: 60 });
  expect((await graph.data(update, { input: { id, allowedTiers: ['OPERATOR'] } })).updateGatewayModelAccess.gatewayModelAccess).toMatchObject({ allowedTiers: ['OPERATOR'], requestsPerMinute: 60 });
  expect((await graph.data(update, { input: { id, requestsPerMinute: null } })).updateGatewayModelAccess.gatewayModelAccess).toMatchObject({ requestsPerMinute: null });
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, allowed: false } })).updateGatewayModelAccess.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await graph.data(remove, { input: { id, expectedVersion: updatedAt } })).deleteGatewayModelAccess.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('it is deleted by its own organisation and by no other', async () => {
  const { id } = await anAccess();
  const notFound = [{ code: 'NOT_FOUND', path: ['input', 'id'] }];
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteGatewayModelAccess.userErrors).toEqual(notFound);
  expect((await graph.data(update, { input: { id, allowed: false } }, anotherOrganisation)).updateGatewayModelAccess.userErrors).toMatchObject(notFound);
  expect((await graph.data(remove, { input: { id } })).deleteGatewayModelAccess).toEqual({ deletedId: id, userErrors: [] });
});
