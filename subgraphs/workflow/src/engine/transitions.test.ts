import { PrismaClient, prismaAdapter } from '@forge/prisma-workflow';
import { newId } from '@forge/subgraph-kit';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { approvalTransitions } from '../approval/approval.rules.ts';
import { deploymentTransitions } from '../deployment/deployment.rules.ts';
import { humanInputTransitions } from '../human-input-request/human-input-request.rules.ts';
import { stepTransitions } from '../step-result/step-result.rules.ts';
import { aDeployment, aRun, demoOrgId } from '../workflow/fixture.ts';
import { workflowTransitions } from '../workflow/workflow.rules.ts';
import { runTransitions } from '../workflow-run/workflow-run.rules.ts';

type Transitions = Readonly<Record<string, readonly string[]>>;
/** The columns that a state must have by the check constraints, as SQL. */
type Columns = (state: string) => Readonly<Record<string, string>>;

let database: TestDatabase;
let prisma: PrismaClient;
const ids: Record<string, string> = {};
beforeAll(async () => {
  database = await createTestDatabase('workflow');
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: database.url }) });
  ids['workflowRuns'] = await aRun(database.url);
  const run = await prisma.workflowRun.findFirstOrThrow();
  ids['workflows'] = run.workflowId;
  ids['deployments'] = await aDeployment(database.url, run.workflowId);
  const row = { orgId: demoOrgId, runId: run.id, stepId: 'read' };
  ids['stepResults'] = (await prisma.stepResult.create({ data: { ...row, id: newId('StepResult'), status: 'PENDING' } })).id;
  ids['approvals'] = (await prisma.approval.create({ data: { ...row, id: newId('Approval'), summary: 's', source: 'POLICY', requestedAt: new Date() } })).id;
  ids['humanInputRequests'] = (await prisma.humanInputRequest.create({ data: { ...row, id: newId('HumanInputRequest'), prompt: 'p' } })).id;
});
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

const isEnd = (state: string) => ['COMPLETED', 'FAILED', 'CANCELLED'].includes(state);
const none: Columns = () => ({});
const tables: [string, Transitions, Columns][] = [
  ['workflows', workflowTransitions, none],
  ['deployments', deploymentTransitions, none],
  ['workflowRuns', runTransitions, (state) => ({ completedAt: isEnd(state) ? 'now()' : 'NULL', pendingApprovals: state === 'PAUSED' ? '1' : '0' })],
  ['stepResults', stepTransitions, (state) => ({ heldFor: state === 'HELD' ? `'BUDGET'` : 'NULL' })],
  ['approvals', approvalTransitions, (state) => ({ resolvedAt: state === 'PENDING' ? 'NULL' : 'now()' })],
  ['humanInputRequests', humanInputTransitions, (state) => ({ answeredAt: state === 'ANSWERED' ? 'now()' : 'NULL' })],
];

/** Whether the database lets a row that is in one state come into another. */
function isAllowed(table: string, columnsOf: Columns, from: string, to: string): Promise<boolean> {
  const put = (state: string) => {
    const columns = Object.entries({ status: `'${state}'`, ...columnsOf(state) }).map(([column, value]) => `"${column}" = ${value}`);
    return `UPDATE "${table}" SET ${columns.join()} WHERE "id" = '${ids[table]}'`;
  };
  return prisma.$transaction(async (tx) => {
    // No trigger runs for a replica.
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    expect(await tx.$executeRawUnsafe(put(from))).toBe(1);
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = origin');
    return await tx.$executeRawUnsafe(put(to)) === 1;
  }).catch((error: unknown) => {
    if (String(error).includes(`violates constraint "${table}_transition"`)) return false;
    throw error;
  });
}

test.each(tables)('%s: of every pair of states the database allows those that the rules do, and refuses all others', async (table, transitions, columnsOf) => {
  const states = await statesOf(table);
  const allowed: Record<string, string[]> = {};
  for (const from of states) {
    allowed[from] = [];
    for (const to of states) if (to !== from && (await isAllowed(table, columnsOf, from, to))) allowed[from].push(to);
  }
  const sorted = (all: Transitions) => Object.fromEntries(Object.entries(all).map(([from, to]) => [from, to.toSorted()]));
  expect(sorted(allowed)).toEqual(sorted(transitions));
});

async function statesOf(table: string): Promise<string[]> {
  const labels = `
    SELECT enumlabel AS state FROM pg_attribute JOIN pg_enum ON enumtypid = atttypid WHERE attrelid = $1::regclass AND attname = 'status' ORDER BY enumsortorder`;
  return (await runSql<{ state: string }>(database.url, labels, [`"${table}"`])).map(({ state }) => state);
}

test.each(tables)('%s: what stays in its state may change otherwise', async (table, transitions, columnsOf) => {
  for (const state of Object.keys(transitions)) expect([state, await isAllowed(table, columnsOf, state, state)]).toEqual([state, true]);
});
