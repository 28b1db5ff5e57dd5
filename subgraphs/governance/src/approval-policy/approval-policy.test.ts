import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createGovernanceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph)));
afterAll(() => graph.close());

const fields = 'approvalPolicy { id scopeType trigger threshold severity enabled approverRole { name } updatedAt } userErrors { code message path }';
const create = `mutation ($input: CreateApprovalPolicyInput!) { createApprovalPolicy(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateApprovalPolicyInput!) { updateApprovalPolicy(input: $input) { ${fields} } }`;

const creating = async (input: object = {}, principal?: typeof anotherOrganisation) =>
  (await graph.data(create, { input: { name: 'Costly steps', scopeType: 'GLOBAL', trigger: 'COST_ABOVE', threshold: '1000.5', ...input } }, principal)).createApprovalPolicy;
const updating = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(update, { input }, principal)).updateApprovalPolicy;

async function aRole(name: string, principal?: typeof anotherOrganisation): Promise<string> {
  const { createWorkerRole } = await graph.data('mutation ($name: String!) { createWorkerRole(input: { name: $name, autonomyTier: ADVISORY }) { workerRole { id } } }', { name }, principal);
  return createWorkerRole.workerRole.id;
}

test('an approval policy is found with the role that decides', async () => {
  const { approvalPolicy, userErrors } = await creating({ approverRoleId: await aRole('Decides') });
  expect(userErrors).toEqual([]);
  expect(approvalPolicy).toMatchObject({ threshold: '1000.5', severity: 'NORMAL', enabled: true, approverRole: { name: 'Decides' } });
});

test.each([
  ['COST_ABOVE', '0'], ['TRUST_BELOW', '2'], ['TRUST_BELOW', '10.0'], ['MODEL_NEEDS_APPROVAL', null], ['STEP_FLAG', null],
])('%s takes %s for a threshold', async (trigger, threshold) => expect((await creating({ trigger, threshold })).userErrors).toEqual([]));

test.each([
  ['COST_ABOVE', null], ['COST_ABOVE', '-1'], ['TRUST_BELOW', null], ['TRUST_BELOW', '1'], ['TRUST_BELOW', '11'], ['TRUST_BELOW', '2.5'], ['MODEL_NEEDS_APPROVAL', '1'], ['STEP_FLAG', '0'],
])('%s does not take %s for a threshold', async (trigger, threshold) => {
  expect((await creating({ trigger, threshold })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'threshold'] }]);
});

test('a trigger and its threshold are not changed by half', async () => {
  const { id } = (await creating()).approvalPolicy;
  for (const half of [{ trigger: 'STEP_FLAG' }, { trigger: 'TRUST_BELOW' }, { threshold: null }]) {
    expect((await updating({ id, ...half })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'threshold'] }]);
  }
  expect((await updating({ id, trigger: 'STEP_FLAG', threshold: null })).approvalPolicy).toMatchObject({ trigger: 'STEP_FLAG', threshold: null });
});

test('the trigger ENVIRONMENT says which by its scope', async () => {
  const refused = [{ code: 'INVALID', path: ['input', 'scopeType'], message: 'scopeType: must be ENVIRONMENT when trigger is ENVIRONMENT, so that it is clear which' }];
  expect((await creating({ trigger: 'ENVIRONMENT', threshold: null })).userErrors).toEqual(refused);
  const { id } = (await creating({ trigger: 'ENVIRONMENT', threshold: null, scopeType: 'ENVIRONMENT', scopeId: 'production' })).approvalPolicy;
  expect((await updating({ id, scopeType: 'GLOBAL', scopeId: null })).userErrors).toEqual(refused);
  expect((await updating({ id, scopeId: null })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'scopeId'] }]);
});

test('a role of another organisation, or none, does not decide', async () => {
  for (const approverRoleId of [await aRole('Theirs', anotherOrganisation), 'rol_01h455vb4pex5vsknk084sn02q']) {
    expect((await creating({ approverRoleId })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'approverRoleId'] }]);
  }
});

test('a change that has not seen the last one is refused, and one of another organisation finds nothing', async () => {
  const { id, updatedAt } = (await creating()).approvalPolicy;
  await updating({ id, enabled: false });
  expect((await updating({ id, expectedVersion: updatedAt, enabled: true })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await updating({ id, enabled: true }, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('an approval policy is deleted, the role stays', async () => {
  const { id } = (await creating({ approverRoleId: await aRole('Stays') })).approvalPolicy;
  expect(await graph.data('mutation ($id: ID!) { deleteApprovalPolicy(input: { id: $id }) { deletedId } }', { id })).toEqual({ deleteApprovalPolicy: { deletedId: id } });
  expect((await graph.data('{ workerRoles(where: { name: { eq: "Stays" } }) { nodes { approvalPolicies { totalCount } } } }')).workerRoles.nodes).toEqual([{ approvalPolicies: { totalCount: 0 } }]);
});
