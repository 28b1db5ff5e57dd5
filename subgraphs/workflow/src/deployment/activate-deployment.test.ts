import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from '../index.ts';
import { aDeployment, aWorkflow, demoOrgId } from '../workflow/fixture.ts';

let now: Date;
let graph: TestSubgraph;
let url: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('workflow'), (settings) => createWorkflowSubgraph({ ...settings, now: () => now }));
  url = graph.databaseUrl;
});
beforeEach(() => (now = new Date('2026-11-23T12:00:00.000Z')));
afterAll(() => graph.close());

type Principal = typeof anotherOrganisation;
const fields = 'id status environment activatedAt deactivatedAt updatedAt';

async function activate(id: string, input: object = {}, principal?: Principal) {
  const mutation = `mutation ($input: ActivateDeploymentInput!) { activateDeployment(input: $input) { deployment { ${fields} } replaced { ${fields} } userErrors { code message path } } }`;
  return (await graph.data(mutation, { input: { id, ...input } }, principal)).activateDeployment;
}

async function deactivate(id: string, input: object = {}, principal?: Principal) {
  const mutation = `mutation ($input: DeactivateDeploymentInput!) { deactivateDeployment(input: $input) { deployment { ${fields} } userErrors { code message path } } }`;
  return (await graph.data(mutation, { input: { id, ...input } }, principal)).deactivateDeployment;
}

const stored = async (id: string) => (await graph.data(`query ($id: ID!) { deployment(id: $id) { ${fields} } }`, { id })).deployment;
const toldOf = (id: string) => runSql<{ orgId: string; subscriber: string; payload: object }>(url, `SELECT "orgId", "subscriber", "payload" FROM "eventOutbox" WHERE "type" = 'platform.event.occurred' AND "subject" = $1`, [id]);

const states = ['PENDING', 'ACTIVE', 'INACTIVE'] as const;
const allowed = ['PENDING>ACTIVE', 'ACTIVE>INACTIVE', 'INACTIVE>ACTIVE'];
const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));

test.each(pairs.filter(([, to]) => to !== 'PENDING'))('a deployment that is %s is asked to become %s', async (from, to) => {
  const id = await aDeployment(url, await aWorkflow(url), { status: from });
  const { deployment, userErrors } = await (to === 'ACTIVE' ? activate(id) : deactivate(id));
  if (from === to || allowed.includes(`${from}>${to}`)) expect({ deployment, userErrors }).toMatchObject({ deployment: { status: to }, userErrors: [] });
  else expect({ deployment, userErrors }).toEqual({ deployment: null, userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'id'], message: `id: the deployment is ${from} and cannot become ${to}; from there it can become ACTIVE` }] });
  expect((await stored(id)).status).toBe(userErrors.length ? from : to);
});

test.each(pairs.filter(([from, to]) => from !== to))('the database lets a deployment go from %s to %s only if the table has it', async (from, to) => {
  const id = await aDeployment(url, await aWorkflow(url), { status: from });
  const change = runSql(url, `UPDATE "deployments" SET "status" = '${to}' WHERE "id" = $1`, [id]);
  if (allowed.includes(`${from}>${to}`)) await change;
  else await expect(change).rejects.toThrow('deployments_transition');
});

test('a deployment that comes into force takes the place of the one in its environment, and of no other', async () => {
  const workflowId = await aWorkflow(url);
  const [first, second, staging] = [await aDeployment(url, workflowId), await aDeployment(url, workflowId), await aDeployment(url, workflowId, { environment: 'staging' })];
  expect(await activate(staging)).toMatchObject({ deployment: { status: 'ACTIVE' }, replaced: null, userErrors: [] });
  expect(await activate(first)).toMatchObject({ deployment: { id: first, activatedAt: '2026-11-23T12:00:00.000Z', deactivatedAt: null }, replaced: null });
  now = new Date('2026-11-23T13:00:00.000Z');
  expect(await activate(second)).toMatchObject({
    deployment: { id: second, status: 'ACTIVE', activatedAt: '2026-11-23T13:00:00.000Z', deactivatedAt: null },
    replaced: { id: first, status: 'INACTIVE', activatedAt: '2026-11-23T12:00:00.000Z', deactivatedAt: '2026-11-23T13:00:00.000Z' },
  });
  expect((await stored(staging)).status).toBe('ACTIVE');
});

test('of twenty deployments activated at once one is in force in the end, and each of the others was replaced by exactly one', async () => {
  const workflowId = await aWorkflow(url);
  const ids = await Promise.all(Array.from({ length: 20 }, () => aDeployment(url, workflowId)));
  const answers = await Promise.all(ids.map((id) => activate(id)));
  expect(answers.map(({ deployment }) => deployment)).toEqual(ids.map((id) => expect.objectContaining({ id, status: 'ACTIVE', deactivatedAt: null })));
  const replaced = answers.map((answer) => answer.replaced?.id).filter(Boolean);
  expect(new Set(replaced).size).toBe(19);
  const active = await runSql(url, `SELECT "id" FROM "deployments" WHERE "workflowId" = $1 AND "status" = 'ACTIVE'`, [workflowId]);
  expect(active).toEqual([{ id: ids.find((id) => !replaced.includes(id)) }]);
});

test('twenty who activate one deployment at once, and one who comes later, all find it active; it is told of once', async () => {
  const id = await aDeployment(url, await aWorkflow(url));
  const answers = [...await Promise.all(Array.from({ length: 20 }, () => activate(id))), await activate(id)];
  expect(new Set(answers.map(({ deployment }) => JSON.stringify(deployment))).size).toBe(1);
  expect(answers.map(({ replaced }) => replaced)).toEqual(Array(21).fill(null));
  expect(await toldOf(id)).toHaveLength(1);
});

test('who activates and who deactivates at once never leave two in force', async () => {
  const workflowId = await aWorkflow(url);
  const [one, other] = [await aDeployment(url, workflowId, { status: 'ACTIVE' }), await aDeployment(url, workflowId)];
  const answers = await Promise.all([activate(other), deactivate(one), activate(one), deactivate(one), activate(other)]);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  const [active] = await runSql<{ count: number }>(url, `SELECT count(*)::int FROM "deployments" WHERE "workflowId" = $1 AND "status" = 'ACTIVE'`, [workflowId]);
  expect(active?.count).toBeLessThanOrEqual(1);
});

test('operators are told what came into force in place of what', async () => {
  const workflowId = await aWorkflow(url, { name: 'orders' });
  const gatewayId = newId('Gateway');
  const [first, second] = [await aDeployment(url, workflowId, { status: 'ACTIVE' }), await aDeployment(url, workflowId, { gatewayId })];
  await activate(second);
  expect(await toldOf(first)).toEqual([]);
  expect(await toldOf(second)).toEqual([{
    orgId: demoOrgId, subscriber: 'governance',
    payload: {
      type: 'deployment.activated', severity: 'INFO', displayLabel: 'orders is deployed in production', runId: null, agentId: null, gatewayId,
      payload: { deploymentId: second, workflowId, version: 1, environment: 'production', replacedDeploymentId: first },
    },
  }]);
});

const twoRoles = 'steps:\n  - { id: a, role: clerk, command: c }\n  - { id: b, role: checker, command: c }\n  - { id: c, role: clerk, command: c }\n  - { id: d, role: payer, command: c }\n';

test('roles of the newest version that no agent fills are named, and nothing is replaced', async () => {
  const workflowId = await aWorkflow(url, {}, twoRoles);
  const inForce = await aDeployment(url, workflowId, { status: 'ACTIVE' });
  const id = await aDeployment(url, workflowId);
  expect(await activate(id)).toEqual({
    deployment: null, replaced: null,
    userErrors: [{ code: 'INVALID', path: ['input', 'id'], message: 'id: version 1 of its workflow names roles that it binds no agent to: checker, payer; create a deployment that does' }],
  });
  expect((await stored(inForce)).status).toBe('ACTIVE');
  expect(await toldOf(id)).toEqual([]);
});

test('the newest version counts, not the one that was there when the deployment was made', async () => {
  const workflowId = await aWorkflow(url, {}, twoRoles);
  const id = await aDeployment(url, workflowId);
  const publish = 'mutation ($input: PublishWorkflowVersionInput!) { publishWorkflowVersion(input: $input) { userErrors { message } } }';
  await graph.data(publish, { input: { workflowId, definition: 'steps:\n  - { id: a, role: clerk, command: c }\n' } });
  expect((await activate(id)).userErrors).toEqual([]);
});

test('nothing of a workflow that is DEPRECATED or has no version comes into force; what is in force can go out of it', async () => {
  const retired = await aWorkflow(url, { status: 'DEPRECATED' });
  expect((await activate(await aDeployment(url, retired))).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'], message: expect.stringContaining('its workflow is DEPRECATED') }]);
  expect((await deactivate(await aDeployment(url, retired, { status: 'ACTIVE' }))).deployment.status).toBe('INACTIVE');
  const unwritten = await aWorkflow(url, { currentVersion: 0 });
  expect((await activate(await aDeployment(url, unwritten))).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'], message: expect.stringContaining('has no version yet') }]);
});

test('a version that cannot be read is a fault, not a surprise', async () => {
  const id = await aDeployment(url, await aWorkflow(url, {}, 'steps: []'));
  expect((await activate(id)).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'id'], message: expect.stringMatching(/^id: version 1 of its workflow, line 1: /) }]);
});

test('a deployment that goes out of force keeps when it came into it, and comes back', async () => {
  const id = await aDeployment(url, await aWorkflow(url));
  await activate(id);
  now = new Date('2026-11-24T12:00:00.000Z');
  const gone = { status: 'INACTIVE', activatedAt: '2026-11-23T12:00:00.000Z', deactivatedAt: '2026-11-24T12:00:00.000Z' };
  expect((await deactivate(id)).deployment).toMatchObject(gone);
  now = new Date('2026-11-25T12:00:00.000Z');
  expect((await deactivate(id)).deployment).toMatchObject(gone);
  expect((await activate(id)).deployment).toMatchObject({ status: 'ACTIVE', activatedAt: '2026-11-25T12:00:00.000Z' });
});

test('who saw an older version is told, unless it is so already', async () => {
  const id = await aDeployment(url, await aWorkflow(url));
  const expectedVersion = '2026-01-01T00:00:00.000Z';
  const conflict = [{ code: 'CONFLICT', path: ['input', 'expectedVersion'], message: expect.stringContaining('read it again') }];
  expect((await activate(id, { expectedVersion })).userErrors).toEqual(conflict);
  const { updatedAt } = (await activate(id)).deployment;
  expect((await activate(id, { expectedVersion })).userErrors).toEqual([]);
  expect((await deactivate(id, { expectedVersion })).userErrors).toEqual(conflict);
  expect((await deactivate(id, { expectedVersion: updatedAt })).deployment.status).toBe('INACTIVE');
});

test('another organisation, and an id that leads nowhere, find no deployment', async () => {
  const id = await aDeployment(url, await aWorkflow(url));
  const none = [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no Deployment' }];
  for (const attempt of [activate, deactivate]) {
    expect((await attempt(id, {}, anotherOrganisation)).userErrors).toEqual(none);
    expect((await attempt(newId('Deployment'))).userErrors).toEqual(none);
    expect((await attempt(newId('Workflow'))).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'id'] }]);
  }
  expect((await stored(id)).status).toBe('PENDING');
});
