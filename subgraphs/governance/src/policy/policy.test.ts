import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createGovernanceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph)));
afterAll(() => graph.close());

const gateway = 'gw_01h455vb4pex5vsknk084sn02q';
const agent = 'agt_01h455vb4pex5vsknk084sn02q';
const create = 'mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { policy { id scopeType scopeId condition enforcement priority enabled updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdatePolicyInput!) { updatePolicy(input: $input) { policy { scopeType scopeId condition priority } userErrors { code message path } } }';
const remove = 'mutation ($input: DeletePolicyInput!) { deletePolicy(input: $input) { deletedId userErrors { code } } }';
const condition = { all: [{ field: 'environment', operator: 'eq', value: 'production' }, { field: 'agent.trustLevel', operator: 'lt', value: 3 }] };

const creating = async (input: object = {}) => (await graph.data(create, { input: { name: 'Low trust', category: 'TRUST_BOUNDARY', scopeType: 'GLOBAL', condition, action: 'BLOCK', ...input } })).createPolicy;
const updating = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(update, { input }, principal)).updatePolicy;

test('a policy comes back as it was written, HARD and enabled unless said', async () => {
  const { policy, userErrors } = await creating();
  expect(userErrors).toEqual([]);
  expect(policy).toMatchObject({ scopeId: null, condition, enforcement: 'HARD', priority: 0, enabled: true });
});

test('every fault comes at once, those inside of the condition with their place; nothing is written', async () => {
  const rows = () => runSql(graph.databaseUrl, 'SELECT "id" FROM "policies"');
  const before = (await rows()).length;
  const { policy, userErrors } = await creating({ name: ' ', scopeType: 'GATEWAY', priority: 1_001, condition: { any: [{ field: 'agent.mood', operator: 'eq', value: 'good' }, { field: 'time.hour', operator: 'gt', value: 24 }] } });
  expect(policy).toBeNull();
  expect(userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`)).toEqual([
    'INVALID input.name', 'INVALID input.condition.any.0.field', 'INVALID input.condition.any.1.value', 'INVALID input.priority', 'INVALID input.scopeId',
  ]);
  expect(userErrors[2].message).toBe('condition.any.1.value: must be 23 or less');
  expect(await rows()).toHaveLength(before);
});

test.each([
  ['GLOBAL', null], ['GATEWAY', gateway], ['AGENT', agent], ['ENVIRONMENT', 'production'],
])('the scope %s takes %s', async (scopeType, scopeId) => {
  expect((await creating({ scopeType, scopeId })).policy).toMatchObject({ scopeType, scopeId });
});

test.each([
  ['GLOBAL', gateway, 'scopeId: must be empty when scopeType is GLOBAL'], ['GATEWAY', null, 'scopeId: is needed when scopeType is GATEWAY'],
  ['GATEWAY', agent, expect.stringContaining('expected the id of a Gateway')], ['AGENT', gateway, expect.stringContaining('expected the id of an Agent')],
  ['ENVIRONMENT', 'In Production', 'scopeId: must be lower case letters, digits and hyphens, such as staging'],
])('the scope %s does not take %s', async (scopeType, scopeId, message) => {
  expect((await creating({ scopeType, scopeId })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'scopeId'], message }]);
  await expect(runSql(graph.databaseUrl, `INSERT INTO "policies" ("id", "orgId", "name", "category", "scopeType", "scopeId", "condition", "action") VALUES ('pol_1', 'org_1', 'x', 'BUDGET', $1, $2, '{}', 'LOG')`, [scopeType, scopeId])).rejects.toThrow('policies_scope_fits');
});

test('a scope is not changed by half', async () => {
  const { id } = (await creating({ scopeType: 'GATEWAY', scopeId: gateway })).policy;
  for (const half of [{ scopeType: 'GLOBAL' }, { scopeId: null }, { scopeId: agent }]) {
    expect((await updating({ id, ...half })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'scopeId'] }]);
  }
  expect((await updating({ id, scopeType: 'GLOBAL', scopeId: null })).policy).toMatchObject({ scopeType: 'GLOBAL', scopeId: null });
});

test('a condition is checked again when it changes', async () => {
  const { id } = (await creating()).policy;
  expect((await updating({ id, condition: { not: 'never' } })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'condition', 'not'] }]);
  expect((await updating({ id, condition: null })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'condition'] }]);
  expect((await updating({ id, condition: { all: [] } })).policy).toMatchObject({ condition: { all: [] } });
});

test('a change that has not seen the last one is refused', async () => {
  const { id, updatedAt } = (await creating()).policy;
  await updating({ id, priority: 5 });
  expect((await updating({ id, expectedVersion: updatedAt, priority: 6 })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('a policy is deleted once', async () => {
  const { id } = (await creating()).policy;
  expect((await graph.data(remove, { input: { id } })).deletePolicy).toEqual({ deletedId: id, userErrors: [] });
  expect((await graph.data(remove, { input: { id } })).deletePolicy).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
});

test('another organisation cannot see, change or delete it, and learns nothing of it', async () => {
  const { id } = (await creating()).policy;
  expect(await graph.data('query ($id: ID!) { policy(id: $id) { id } policies { totalCount } }', { id }, anotherOrganisation)).toEqual({ policy: null, policies: { totalCount: 0 } });
  expect((await updating({ id, priority: 1 }, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deletePolicy.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
});
