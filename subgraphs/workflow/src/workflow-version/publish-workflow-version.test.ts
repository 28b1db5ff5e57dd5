import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createHash } from 'node:crypto';
import { createWorkflowSubgraph } from '../index.ts';
import { demoOrgId } from '../workflow/fixture.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workflow'), createWorkflowSubgraph)));
afterAll(() => graph.close());

type Principal = typeof anotherOrganisation;
const maker = newId('Worker');
const aDefinition = (command: string) => `# the ledger\nsteps:\n  - id: read\n    role: clerk\n    command: ${command}\n`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

let count = 0;
async function aWorkflow(principal?: Principal): Promise<string> {
  const create = 'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { workflow { id } } }';
  return (await graph.data(create, { input: { name: `workflow-${count++}`, createdById: maker } }, principal)).createWorkflow.workflow.id;
}

async function aDocument(workflowId: string, yaml: string): Promise<string> {
  const create = 'mutation ($input: CreateWorkflowDocumentInput!) { createWorkflowDocument(input: $input) { workflowDocument { id } } }';
  return (await graph.data(create, { input: { workflowId, yaml } })).createWorkflowDocument.workflowDocument.id;
}

async function publish(workflowId: string, input: object = {}, principal?: Principal) {
  const mutation = `mutation ($input: PublishWorkflowVersionInput!) { publishWorkflowVersion(input: $input) {
    workflowVersion { id version definition contentHash changelog createdById workflow { currentVersion } } userErrors { code message path } } }`;
  return (await graph.data(mutation, { input: { workflowId, ...input } }, principal)).publishWorkflowVersion;
}

const versionsOf = (workflowId: string) => runSql<{ version: number }>(graph.databaseUrl, 'SELECT "version" FROM "workflowVersions" WHERE "workflowId" = $1 ORDER BY "version"', [workflowId]);
const currentVersion = async (id: string) => (await graph.data('query ($id: ID!) { workflow(id: $id) { currentVersion } }', { id })).workflow.currentVersion;

test('the newest document becomes the next version, as it is written', async () => {
  const workflowId = await aWorkflow();
  await aDocument(workflowId, aDefinition('the old one'));
  await aDocument(workflowId, aDefinition('the new one'));
  const { workflowVersion, userErrors } = await publish(workflowId, { changelog: 'First' });
  expect(userErrors).toEqual([]);
  expect(workflowVersion).toEqual({
    id: expect.stringMatching(/^wfv_/), version: 1, definition: aDefinition('the new one'), contentHash: hashOf(aDefinition('the new one')), changelog: 'First',
    createdById: 'wrk_01jd0000000000000000000001', workflow: { currentVersion: 1 },
  });
});

test('a document that is named, and a definition as text, are published instead', async () => {
  const workflowId = await aWorkflow();
  const documentId = await aDocument(workflowId, aDefinition('the old one'));
  await aDocument(workflowId, aDefinition('the new one'));
  expect((await publish(workflowId, { documentId })).workflowVersion).toMatchObject({ version: 1, definition: aDefinition('the old one') });
  expect((await publish(workflowId, { definition: aDefinition('by hand') })).workflowVersion).toMatchObject({ version: 2, definition: aDefinition('by hand') });
});

test('who is no worker publishes in the name of the workflow\'s maker', async () => {
  const gateway = { orgId: demoOrgId, subject: newId('Gateway'), kind: 'gateway', scopes: ['admin'] } as const;
  expect((await publish(await aWorkflow(), { definition: aDefinition('x') }, gateway)).workflowVersion.createdById).toBe(maker);
});

test('of twenty definitions published at once each has a number, without a gap', async () => {
  const workflowId = await aWorkflow();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => publish(workflowId, { definition: aDefinition(`way ${i}`) })));
  const oneToTwenty = Array.from({ length: 20 }, (_, i) => i + 1);
  expect(answers.map(({ workflowVersion }) => workflowVersion.version).toSorted((a, b) => a - b)).toEqual(oneToTwenty);
  expect((await versionsOf(workflowId)).map(({ version }) => version)).toEqual(oneToTwenty);
  expect(await currentVersion(workflowId)).toBe(20);
});

test('of twenty who publish the same at once one makes a version, and the others are told that it is there', async () => {
  const workflowId = await aWorkflow();
  const answers = await Promise.all(Array.from({ length: 20 }, () => publish(workflowId, { definition: aDefinition('once') })));
  expect(answers.filter(({ workflowVersion }) => workflowVersion)).toHaveLength(1);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(19).fill({ code: 'CONFLICT', path: ['input', 'definition'], message: 'definition: version 1 says the same already; there is nothing to publish' }));
  expect(await versionsOf(workflowId)).toHaveLength(1);
});

test('what an earlier version said can be published again after another', async () => {
  const workflowId = await aWorkflow();
  for (const command of ['one', 'other', 'one']) expect((await publish(workflowId, { definition: aDefinition(command) })).userErrors).toEqual([]);
  expect(await currentVersion(workflowId)).toBe(3);
});

test('twenty calls with one key make one version and answer the same; another input under it is a conflict', async () => {
  const workflowId = await aWorkflow();
  const input = { definition: aDefinition('keyed'), idempotencyKey: 'publish-once' };
  const answers = [...await Promise.all(Array.from({ length: 20 }, () => publish(workflowId, input))), await publish(workflowId, input)];
  expect(new Set(answers.map(({ workflowVersion }) => workflowVersion.id)).size).toBe(1);
  expect((await publish(workflowId, { ...input, changelog: 'else' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'idempotencyKey'] }]);
  expect(await versionsOf(workflowId)).toHaveLength(1);
});

test('the faults of a definition come with line and step, together with those of the other fields, and no number is used up', async () => {
  const workflowId = await aWorkflow();
  const definition = 'steps:\n  - { id: a, role: r, command: c, depends_on: [x] }\n  - { id: a, role: r, command: c }\n';
  const { workflowVersion, userErrors } = await publish(workflowId, { definition, changelog: 'x'.repeat(2_001) });
  expect(workflowVersion).toBeNull();
  expect(userErrors).toEqual([
    { code: 'INVALID', path: ['input', 'definition'], message: expect.stringMatching(/^definition: line 2: step "a" depends on "x", which is not a step$/) },
    { code: 'INVALID', path: ['input', 'definition'], message: expect.stringMatching(/^definition: line 3: step "a" is there twice$/) },
    { code: 'INVALID', path: ['input', 'changelog'], message: 'changelog: has more than 2000 characters' },
  ]);
  expect((await publish(workflowId, { definition: aDefinition('good') })).workflowVersion.version).toBe(1);
});

test('a document that an older check let pass is checked again, and its faults are told where it was named', async () => {
  const workflowId = await aWorkflow();
  const documentId = await aDocument(workflowId, aDefinition('good'));
  await runSql(graph.databaseUrl, 'UPDATE "workflowDocuments" SET "yaml" = $2 WHERE "id" = $1', [documentId, 'steps:\n  - { id: a, role: r, command: c, depends_on: [a] }\n']);
  expect((await publish(workflowId, { documentId })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'documentId'], message: expect.stringContaining('documentId: line 2: the steps a > a wait for each other') }]);
  expect((await publish(workflowId)).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'workflowId'] }]);
});

async function aLibraryStep(name: string, definition: object | null, orgId = demoOrgId) {
  await runSql(graph.databaseUrl, 'INSERT INTO "knownLibrarySteps" ("orgId", "name", "definition", "changedAt") VALUES ($1, $2, $3, now())', [orgId, name, definition && JSON.stringify(definition)]);
}
const naming = (...names: string[]) => `steps:\n${names.map((name, i) => `  - { id: s${i}, role: own, library_step: ${name} }\n`).join('')}`;

test('library steps are filled in, and what the step says itself wins', async () => {
  await aLibraryStep('translate', { role: 'translator', command: 'translate it', timeout: 60 });
  const { workflowVersion, userErrors } = await publish(await aWorkflow(), { definition: naming('translate') });
  expect(userErrors).toEqual([]);
  expect(workflowVersion.definition).toMatch(/role: own/);
  expect(workflowVersion.definition).toMatch(/command: translate it/);
  expect(workflowVersion.definition).not.toMatch(/translator/);
  expect(workflowVersion.contentHash).toBe(hashOf(workflowVersion.definition));
});

test('a library step that changed is a new version of the same text', async () => {
  await aLibraryStep('proofread', { command: 'read it once' });
  const workflowId = await aWorkflow();
  await publish(workflowId, { definition: naming('proofread') });
  expect((await publish(workflowId, { definition: naming('proofread') })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  await runSql(graph.databaseUrl, `UPDATE "knownLibrarySteps" SET "definition" = '{"command": "read it twice"}' WHERE "name" = 'proofread'`);
  expect((await publish(workflowId, { definition: naming('proofread') })).workflowVersion).toMatchObject({ version: 2, definition: expect.stringContaining('read it twice') });
});

test('library steps that are unknown, gone, or another organisation\'s are faults, all at once', async () => {
  await aLibraryStep('gone', null);
  await aLibraryStep('theirs', { command: 'a secret' }, anotherOrganisation.orgId);
  const { userErrors } = await publish(await aWorkflow(), { definition: naming('gone', 'theirs', 'nowhere') });
  expect(userErrors.map(({ message }: { message: string }) => message)).toEqual([
    expect.stringMatching(/^definition: line 2: step "s0" .*"gone"/), expect.stringMatching(/^definition: line 3: step "s1" .*"theirs"/), expect.stringMatching(/^definition: line 4: step "s2" .*"nowhere"/),
  ]);
  expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(['INVALID', 'INVALID', 'INVALID']);
});

test('a step to which its library step gives no command is not published', async () => {
  await aLibraryStep('wordless', { timeout: 60 });
  const { userErrors } = await publish(await aWorkflow(), { definition: naming('wordless') });
  expect(userErrors).toEqual([{ code: 'INVALID', path: ['input', 'definition'], message: expect.stringMatching(/definition: with its library steps, line \d+: step "s0" needs a command/) }]);
});

test('a definition that grows too large with its library steps is not published', async () => {
  await aLibraryStep('long', { command: 'x'.repeat(49_000) });
  const { userErrors } = await publish(await aWorkflow(), { definition: naming(...Array<string>(25).fill('long')) });
  expect(userErrors).toEqual([{ code: 'INVALID', path: ['input', 'definition'], message: 'definition: has more than 1000000 characters with its library steps' }]);
});

test.each([
  ['no document', async (workflowId: string) => publish(workflowId), 'NOT_FOUND', 'workflowId'],
  ['a document that is not there', async (workflowId: string) => publish(workflowId, { documentId: newId('WorkflowDocument') }), 'NOT_FOUND', 'documentId'],
  ['another workflow\'s document', async (workflowId: string) => publish(workflowId, { documentId: await aDocument(await aWorkflow(), aDefinition('x')) }), 'NOT_FOUND', 'documentId'],
  ['a document and a text', async (workflowId: string) => publish(workflowId, { documentId: newId('WorkflowDocument'), definition: aDefinition('x') }), 'INVALID', 'definition'],
  ['an empty text', async (workflowId: string) => publish(workflowId, { definition: ' ' }), 'INVALID', 'definition'],
  ['a workflow that is not there', async () => publish(newId('Workflow'), { definition: aDefinition('x') }), 'NOT_FOUND', 'workflowId'],
  ['the id of a run', async () => publish(newId('WorkflowRun'), { definition: aDefinition('x') }), 'INVALID', 'workflowId'],
])('nothing is published from %s', async (_, attempt, code, field) => {
  const workflowId = await aWorkflow();
  expect(await attempt(workflowId)).toMatchObject({ workflowVersion: null, userErrors: expect.arrayContaining([expect.objectContaining({ code, path: ['input', field] })]) });
  expect(await currentVersion(workflowId)).toBe(0);
});

test('a workflow that is DEPRECATED takes no more versions', async () => {
  const workflowId = await aWorkflow();
  await runSql(graph.databaseUrl, `UPDATE "workflows" SET "status" = 'DEPRECATED' WHERE "id" = $1`, [workflowId]);
  expect((await publish(workflowId, { definition: aDefinition('x') })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION', path: ['input', 'workflowId'] }]);
  expect(await versionsOf(workflowId)).toEqual([]);
});

test('who saw an older version of the workflow is told', async () => {
  const workflowId = await aWorkflow();
  const { updatedAt: expectedVersion } = (await graph.data('query ($id: ID!) { workflow(id: $id) { updatedAt } }', { id: workflowId })).workflow;
  const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => publish(workflowId, { definition: aDefinition(`way ${i}`), expectedVersion })));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'published').toSorted()).toEqual([...Array(4).fill('CONFLICT'), 'published']);
});

test('another organisation publishes nothing, with or without the document\'s id', async () => {
  const workflowId = await aWorkflow();
  const documentId = await aDocument(workflowId, aDefinition('ours'));
  expect((await publish(workflowId, { documentId }, anotherOrganisation)).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'workflowId'], message: 'workflowId: leads to no Workflow' }]);
  expect((await publish(await aWorkflow(anotherOrganisation), { documentId }, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'documentId'] }]);
  expect(await currentVersion(workflowId)).toBe(0);
});
