import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createGovernanceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph)));
afterAll(() => graph.close());

const fields = 'workerRole { id name description allowedEnvironments allowedActions acceptedSourceClasses requireFreshness maxSpendCents maxConcurrency updatedAt } userErrors { code message path }';
const create = `mutation ($input: CreateWorkerRoleInput!) { createWorkerRole(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateWorkerRoleInput!) { updateWorkerRole(input: $input) { ${fields} } }`;
const remove = 'mutation ($input: DeleteWorkerRoleInput!) { deleteWorkerRole(input: $input) { deletedId userErrors { code message path } } }';
const wait = 'mutation ($input: CreateApprovalPolicyInput!) { createApprovalPolicy(input: $input) { userErrors { code } } }';

const creating = async (name: string, input: object = {}, principal?: typeof anotherOrganisation) => (await graph.data(create, { input: { name, autonomyTier: 'ADVISORY', ...input } }, principal)).createWorkerRole;
const updating = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(update, { input }, principal)).updateWorkerRole;

test('a new role may do nothing, and has no limits, unless said', async () => {
  expect((await creating('Bare')).workerRole).toMatchObject({ description: null, allowedEnvironments: [], allowedActions: [], acceptedSourceClasses: [], requireFreshness: false, maxSpendCents: null, maxConcurrency: null });
  const said = { allowedEnvironments: ['staging'], allowedActions: ['READ', 'FINANCIAL'], acceptedSourceClasses: ['audited'], requireFreshness: true, maxSpendCents: '2500.0000000001', maxConcurrency: 3 };
  expect((await creating('Said', said)).workerRole).toMatchObject(said);
});

test('every fault of an input comes at once, with its path', async () => {
  const { workerRole, userErrors } = await creating('', { description: 'x'.repeat(2_001), maxSpendCents: '-1', maxConcurrency: 0, allowedEnvironments: ['In Production'], allowedActions: ['READ', 'READ'], acceptedSourceClasses: Array.from({ length: 51 }, (_, i) => `source ${i}`) });
  expect(workerRole).toBeNull();
  expect(userErrors.map(({ message }: { message: string }) => message)).toEqual([
    'name: needs at least 1 character', 'description: has more than 2000 characters', 'maxSpendCents: must not be negative', 'maxConcurrency: must be from 1 to 1,000',
    'allowedEnvironments.0: must be lower case letters, digits and hyphens, such as staging', 'allowedActions.1: is in the list already', 'acceptedSourceClasses: has more than 50 entries',
  ]);
});

test('of ten roles at once with one name there is one; another organisation has its own', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => creating('Contended')));
  expect(made.filter(({ workerRole }) => workerRole)).toHaveLength(1);
  expect(made.find(({ workerRole }) => !workerRole).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'name'], message: 'name: is taken already; it must be unique' }]);
  expect((await creating('Contended', {}, anotherOrganisation)).userErrors).toEqual([]);
});

test('an update takes only what changes, and an explicit null lifts a limit', async () => {
  const { id } = (await creating('Changing', { maxConcurrency: 2, maxSpendCents: '5' })).workerRole;
  expect((await updating({ id, maxSpendCents: null })).workerRole).toMatchObject({ name: 'Changing', maxConcurrency: 2, maxSpendCents: null });
  expect((await updating({ id, name: null })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'name'] }]);
});

test('a change that has not seen the last one is refused', async () => {
  const { id, updatedAt } = (await creating('Seen')).workerRole;
  await updating({ id, requireFreshness: true });
  expect((await updating({ id, expectedVersion: updatedAt, requireFreshness: false })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('a role that policies wait for, or that was lent, is not deleted; one without is', async () => {
  const [waited, lent, free] = await Promise.all(['Waited for', 'Lent', 'Free'].map(async (name) => (await creating(name)).workerRole.id as string));
  await graph.data(wait, { input: { name: 'Waits', scopeType: 'GLOBAL', trigger: 'STEP_FLAG', approverRoleId: waited } });
  await runSql(graph.databaseUrl, `INSERT INTO "authorityGrants" ("id", "orgId", "granteeId", "roleId", "grantedById", "startsAt") SELECT 'agr_1', "orgId", 'wrk_1', "id", 'wrk_2', now() FROM "workerRoles" WHERE "id" = $1`, [lent]);
  for (const id of [waited, lent]) expect((await graph.data(remove, { input: { id } })).deleteWorkerRole).toMatchObject({ deletedId: null, userErrors: [{ code: 'CONFLICT', path: ['input', 'id'] }] });
  expect((await graph.data(remove, { input: { id: free } })).deleteWorkerRole).toEqual({ deletedId: free, userErrors: [] });
});

test('another organisation cannot see, change or delete it, and learns nothing of it', async () => {
  const { id } = (await creating('Ours')).workerRole;
  expect(await graph.data('query ($id: ID!) { workerRole(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ workerRole: null });
  expect((await updating({ id, name: 'Theirs' }, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteWorkerRole.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('the policies of many roles are one statement', async () => {
  graph.statements.clear();
  await graph.data('{ workerRoles { nodes { name approvalPolicies(first: 2) { nodes { name } } authorityGrants(first: 2) { nodes { reason } } } } }');
  expect(graph.statements.texts).toHaveLength(3);
});
