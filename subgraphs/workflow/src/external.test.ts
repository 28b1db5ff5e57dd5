import { newId, type TypeName } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from './index.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';
const now = '2026-11-20T12:00:00.000Z';
const parentTypes = ['Agent', 'Channel', 'Factory', 'Gateway', 'Model', 'Policy', 'Worker'] as const;

/** One of each parent in other domains. */
const someParents = () => Object.fromEntries(parentTypes.map((type) => [type, newId(type)])) as Record<(typeof parentTypes)[number], string>;
const parents = [someParents(), someParents(), someParents()] as const;

async function insert(type: TypeName, table: string, row: object): Promise<string> {
  const values = { id: newId(type), orgId, ...row };
  const columns = Object.keys(values).map((name) => `"${name}"`);
  await runSql(graph.databaseUrl, `INSERT INTO "${table}" (${columns.join()}) VALUES (${columns.map((_, i) => `$${i + 1}`).join()})`, Object.values(values));
  return values.id;
}

/** One row in each table, which refers to `its` parents; `next` is who gets its handoff. Answers the ids by type. */
async function insertRows(number: number, its: typeof parents[0], next: typeof parents[0]): Promise<Record<string, string>> {
  const Workflow = await insert('Workflow', 'workflows', { name: `flow-${number}`, createdById: its.Worker });
  const definition = { workflowId: Workflow, definition: 'steps: []' };
  const WorkflowVersion = await insert('WorkflowVersion', 'workflowVersions', { ...definition, version: 1, contentHash: 'h', createdById: its.Worker });
  const WorkflowRun = await insert('WorkflowRun', 'workflowRuns', { ...definition, workflowVersionId: WorkflowVersion, status: 'PENDING', args: {}, traceId: 't', gatewayId: its.Gateway, factoryId: its.Factory, startedById: its.Worker });
  const step = { runId: WorkflowRun, stepId: 'read' };
  return {
    Workflow, WorkflowVersion, WorkflowRun,
    Deployment: await insert('Deployment', 'deployments', { workflowId: Workflow, gatewayId: its.Gateway, environment: 'staging', roleBindings: {}, deployedById: its.Worker }),
    StepResult: await insert('StepResult', 'stepResults', { ...step, status: 'COMPLETED', agentId: its.Agent, gatewayId: its.Gateway, modelId: its.Model }),
    StepThread: await insert('StepThread', 'stepThreads', { ...step, threadId: 't', agentId: its.Agent, gatewayId: its.Gateway }),
    HumanInputRequest: await insert('HumanInputRequest', 'humanInputRequests', { ...step, prompt: '?', status: 'ANSWERED', answeredById: its.Worker, answeredAt: now }),
    Approval: await insert('Approval', 'approvals', { ...step, summary: '?', source: 'POLICY', policyId: its.Policy, channelId: its.Channel, status: 'APPROVED', requestedAt: now, resolvedById: its.Worker, resolvedAt: now }),
    RunArtifact: await insert('RunArtifact', 'runArtifacts', { ...step, name: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 1, sha256: 'a'.repeat(64), storageKey: 'k', agentId: its.Agent }),
    Handoff: await insert('Handoff', 'handoffs', { runId: WorkflowRun, fromStepId: 'read', toStepId: 'book', fromAgentId: its.Agent, toAgentId: next.Agent, payload: {} }),
  };
}

let graph: TestSubgraph;
let rows: readonly Record<string, string>[];
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('workflow'), createWorkflowSubgraph);
  rows = [await insertRows(1, parents[0], parents[1]), await insertRows(2, parents[1], parents[2])];
});
afterAll(() => graph.close());

/** The ids that each of the parents has in a list. */
async function listed(type: keyof typeof parents[0], field: string, principal?: typeof anotherOrganisation): Promise<string[][]> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${field} { nodes { id } } } } }`;
  const { _entities: entities } = await graph.data(query, { representations: parents.map((its) => ({ __typename: type, id: its[type] })) }, principal);
  return entities.map((entity: Record<string, { nodes: { id: string }[] }>) => entity[field]?.nodes.map(({ id }) => id));
}

const lists = [
  ['Agent', 'stepResults', 'StepResult'], ['Agent', 'stepThreads', 'StepThread'], ['Agent', 'handoffsGiven', 'Handoff'], ['Agent', 'artifacts', 'RunArtifact'],
  ['Channel', 'approvals', 'Approval'],
  ['Factory', 'workflowRuns', 'WorkflowRun'],
  ['Gateway', 'workflowRuns', 'WorkflowRun'], ['Gateway', 'deployments', 'Deployment'], ['Gateway', 'stepResults', 'StepResult'], ['Gateway', 'stepThreads', 'StepThread'],
  ['Model', 'stepResults', 'StepResult'],
  ['Policy', 'approvals', 'Approval'],
  ['Worker', 'createdWorkflows', 'Workflow'], ['Worker', 'workflowVersions', 'WorkflowVersion'], ['Worker', 'startedRuns', 'WorkflowRun'],
  ['Worker', 'deployments', 'Deployment'], ['Worker', 'humanInputAnswers', 'HumanInputRequest'], ['Worker', 'resolvedApprovals', 'Approval'],
] as const;

test.each(lists)('%s.%s of three parents is one statement, and each has its own rows', async (type, field, of) => {
  graph.statements.clear();
  expect(await listed(type, field)).toEqual([[rows[0]?.[of]], [rows[1]?.[of]], []]);
  expect(graph.statements.texts).toHaveLength(1);
});

test('a handoff is in one list of its giver, and in the other of its taker', async () => {
  expect(await listed('Agent', 'handoffsReceived')).toEqual([[], [rows[0]?.['Handoff']], [rows[1]?.['Handoff']]]);
});

test.each(lists)('%s.%s is empty for another organisation', async (type, field) => {
  expect(await listed(type, field, anotherOrganisation)).toEqual([[], [], []]);
});

test('a reference to another domain is a stub with the id, null where there is none, and costs no statement', async () => {
  const query = 'query ($id: ID!) { approval(id: $id) { policy { __typename id } channel { id } resolvedBy { id } } }';
  const open = await insert('Approval', 'approvals', { runId: rows[0]?.['WorkflowRun'], stepId: 'book', summary: '?', source: 'WORKFLOW', status: 'PENDING', requestedAt: now });
  graph.statements.clear();
  expect(await graph.data(query, { id: rows[0]?.['Approval'] })).toEqual({
    approval: { policy: { __typename: 'Policy', id: parents[0].Policy }, channel: { id: parents[0].Channel }, resolvedBy: { id: parents[0].Worker } },
  });
  expect(graph.statements.texts).toHaveLength(1);
  expect(await graph.data(query, { id: open })).toEqual({ approval: { policy: null, channel: null, resolvedBy: null } });
});
