import { PrismaClient, prismaAdapter, type Prisma } from '@forge/prisma-workflow';
import { fault, newId } from '@forge/subgraph-kit';
import { createTestDatabase, runSql, underWay, type TestDatabase } from '@forge/testing';
import { aWorkflow, demoOrgId } from '../workflow/fixture.ts';
import { startScheduledRuns, type InsertRun, type ScheduledRun } from './start-scheduled-runs.ts';

const now = new Date('2026-11-23T12:00:30.000Z');
let database: TestDatabase;
let prisma: PrismaClient;
beforeAll(async () => {
  database = await createTestDatabase('workflow');
  prisma = aReplica();
});
afterEach(() => runSql(database.url, 'TRUNCATE "workflows", "eventOutbox" CASCADE'));
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

const aReplica = () => new PrismaClient({ adapter: prismaAdapter({ connectionString: database.url, max: 2 }) });

const aDueWorkflow = (columns: object = {}) =>
  aWorkflow(database.url, { status: 'ACTIVE', triggerType: 'SCHEDULED', schedule: '*/5 * * * *', nextScheduledRunAt: '2026-11-23T12:00:00Z', ...columns });

/** Many at once, by one statement; half of them of another organisation. */
async function dueWorkflows(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, i) => ({ id: newId('Workflow'), orgId: i % 2 ? demoOrgId : 'org_01jd0000000000000000000002', name: `w-${i}` }));
  await runSql(database.url, `
    WITH input AS (SELECT * FROM json_to_recordset($1) AS row("id" text, "orgId" text, "name" text)), workflow AS (
      INSERT INTO "workflows" ("id", "orgId", "name", "status", "currentVersion", "triggerType", "schedule", "nextScheduledRunAt", "createdById")
      SELECT "id", "orgId", "name", 'ACTIVE', 1, 'SCHEDULED', '*/5 * * * *', '2026-11-23T12:00:00Z', 'wrk_1' FROM input RETURNING "id")
    INSERT INTO "workflowVersions" ("id", "orgId", "workflowId", "version", "definition", "contentHash", "createdById")
    SELECT 'wfv_' || "id", "orgId", "id", 1, 'steps: []', 'h', 'wrk_1' FROM input`, [JSON.stringify(rows)]);
  return rows.map(({ id }) => id);
}

/** Writes a run as the engine would, of the workflow's first version. */
const insertRun: InsertRun = async (tx, orgId, { workflowId, args }) => {
  const [version] = await tx.workflowVersion.findMany({ where: { orgId, workflowId } });
  const pinned = { workflowId, workflowVersionId: version?.id ?? '', definition: version?.definition ?? '' };
  await tx.workflowRun.create({ data: { ...pinned, id: newId('WorkflowRun'), orgId, status: 'PENDING', args: args, traceId: 't' } });
};

/** How many runs each workflow has. */
async function runs(): Promise<Record<string, number>> {
  const rows = await runSql<{ workflowId: string; count: number }>(database.url, 'SELECT "workflowId", count(*)::int FROM "workflowRuns" GROUP BY 1');
  return Object.fromEntries(rows.map(({ workflowId, count }) => [workflowId, count]));
}
const onceEach = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 1]));
const nextTimes = async (ids: readonly string[]) => {
  const rows = await runSql<{ at: Date | null }>(database.url, 'SELECT DISTINCT "nextScheduledRunAt" AS at FROM "workflows" WHERE "id" = ANY($1)', [ids]);
  return rows.map(({ at }) => at?.toISOString() ?? null);
};

test('a workflow whose time has come is started, in its organisation, and is due again at its next time', async () => {
  const orgId = 'org_01jd0000000000000000000002';
  const id = await aDueWorkflow({ orgId });
  const asked: unknown[] = [];
  expect(await startScheduledRuns(prisma, now, async (_, ...run) => void asked.push(run))).toEqual({ started: 1, skipped: 0 });
  expect(asked).toEqual([[orgId, { workflowId: id, startedById: null, args: {}, environment: 'production', idempotencyKey: `schedule ${id} 2026-11-23T12:00:00.000Z` }]]);
  expect(await nextTimes([id])).toEqual(['2026-11-23T12:05:00.000Z']);
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 0, skipped: 0 });
});

test('at the very moment it is due; a millisecond before it is not', async () => {
  const id = await aDueWorkflow();
  expect(await startScheduledRuns(prisma, new Date('2026-11-23T11:59:59.999Z'), insertRun)).toEqual({ started: 0, skipped: 0 });
  expect(await startScheduledRuns(prisma, new Date('2026-11-23T12:00:00.000Z'), insertRun)).toEqual({ started: 1, skipped: 0 });
  expect(await nextTimes([id])).toEqual(['2026-11-23T12:05:00.000Z']);
});

test('times that were missed count as one', async () => {
  const id = await aDueWorkflow({ nextScheduledRunAt: '2026-11-20T00:00:00Z' });
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 1, skipped: 0 });
  expect(await nextTimes([id])).toEqual(['2026-11-23T12:05:00.000Z']);
});

test.each([
  ['PAUSED', { status: 'PAUSED' }], ['DEPRECATED', { status: 'DEPRECATED' }], ['not scheduled', { triggerType: 'EVENT', schedule: null }],
  ['not due', { nextScheduledRunAt: '2026-11-23T12:05:00Z' }], ['without a next time', { nextScheduledRunAt: null }],
])('a workflow that is %s is not started', async (_, columns) => {
  await aDueWorkflow(columns);
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 0, skipped: 0 });
});

test('of 250 due workflows eight replicas at once start each exactly once', async () => {
  const ids = await dueWorkflows(250);
  const replicas = Array.from({ length: 8 }, aReplica);
  const reports = await Promise.all(replicas.map((replica) => startScheduledRuns(replica, now, insertRun)));
  await Promise.all(replicas.map((replica) => replica.$disconnect()));
  expect(reports.reduce((sum, { started }) => sum + started, 0)).toBe(250);
  expect(await runs()).toEqual(onceEach(ids));
  expect(await nextTimes(ids)).toEqual(['2026-11-23T12:05:00.000Z']);
});

test('a crash half-way through a page loses none of it, and the pages before it are done', async () => {
  const ids = await dueWorkflows(150);
  let begun = 0;
  const dies: InsertRun = async (tx, orgId, run) => {
    if (++begun === 120) await killConnections();
    return insertRun(tx, orgId, run);
  };
  await expect(startScheduledRuns(prisma, now, dies)).rejects.toThrow();
  expect(Object.keys(await runs())).toHaveLength(100);
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 50, skipped: 0 });
  expect(await runs()).toEqual(onceEach(ids));
});

const killConnections = () => runSql(database.url, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');

const cannot = fault('INVALID', 'environment', 'environment: the workflow has no ACTIVE deployment in production');
const eventsTold = () => runSql<{ orgId: string; subject: string; payload: object }>(database.url, `SELECT "orgId", "subject", "payload" FROM "eventOutbox" WHERE "type" = 'platform.event.occurred'`);

test('one that cannot start is passed over with its reason, operators are told, and the rest of its page starts', async () => {
  const [first, bad, last] = [await aDueWorkflow(), await aDueWorkflow({ name: 'undeployed' }), await aDueWorkflow()];
  const refuses: InsertRun = async (tx, orgId, run) => {
    await insertRun(tx, orgId, run);
    if (run.workflowId === bad) throw cannot;
  };
  expect(await startScheduledRuns(prisma, now, refuses)).toEqual({ started: 2, skipped: 1 });
  expect(await runs()).toEqual(onceEach([first, last]));
  expect(await nextTimes([bad])).toEqual(['2026-11-23T12:05:00.000Z']);
  expect(await eventsTold()).toEqual([{
    orgId: demoOrgId, subject: bad,
    payload: {
      type: 'workflow.schedule.skipped', severity: 'WARNING', displayLabel: 'undeployed was due at 2026-11-23T12:00:00.000Z and was not started', runId: null, agentId: null, gatewayId: null,
      payload: { workflowId: bad, dueAt: '2026-11-23T12:00:00.000Z', reason: 'environment: the workflow has no ACTIVE deployment in production' },
    },
  }]);
});

test.each([
  ['that the database refuses', (tx: Prisma.TransactionClient) => tx.$executeRaw`SELECT 1 / 0`],
  ['of the program', async () => { throw new TypeError('x is undefined'); }],
])('one that fails by a surprise %s stays due and is thrown, and all others start', async (_, fail) => {
  const ids = await dueWorkflows(120);
  const bad = ids[50] ?? '';
  const surprised: InsertRun = async (tx, orgId, run: ScheduledRun) => {
    await insertRun(tx, orgId, run);
    if (run.workflowId === bad) await fail(tx);
  };
  await expect(startScheduledRuns(prisma, now, surprised)).rejects.toThrow('1 scheduled workflows could not be started');
  expect(await runs()).toEqual(onceEach(ids.filter((id) => id !== bad)));
  expect(await nextTimes([bad])).toEqual(['2026-11-23T12:00:00.000Z']);
  expect(await eventsTold()).toEqual([]);
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 1, skipped: 0 });
  expect(await runs()).toEqual(onceEach(ids));
});

test('one that is being paused at this moment is left to whoever pauses it', async () => {
  const id = await aDueWorkflow();
  const { committed } = await underWay(database.url, `UPDATE "workflows" SET "status" = 'PAUSED', "nextScheduledRunAt" = NULL WHERE "id" = '${id}'`);
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 0, skipped: 0 });
  await committed;
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 0, skipped: 0 });
});

test('one to which somebody adds a document at this moment starts', async () => {
  const id = await aDueWorkflow();
  const { committed } = await underWay(database.url, `INSERT INTO "workflowDocuments" ("id", "orgId", "workflowId", "yaml", "contentHash") VALUES ('wfd_1', '${demoOrgId}', '${id}', 'y', 'h')`);
  expect(await startScheduledRuns(prisma, now, insertRun)).toEqual({ started: 1, skipped: 0 });
  await committed;
});
