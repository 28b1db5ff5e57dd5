import { publish } from '@forge/events';
import type { Prisma, PrismaClient } from '@forge/prisma-workflow';
import { UserFaults } from '@forge/subgraph-kit';
import { nextTime } from '../workflow/cron.ts';

const pageSize = 100;
/** Longer than a page takes on a busy database; what is cut short here would be begun again and again. */
const pageTimeout = 60_000;

type Tx = Prisma.TransactionClient;

export interface ScheduledRun {
  readonly workflowId: string;
  readonly startedById: null;
  readonly args: Record<string, never>;
  readonly environment: 'production';
  readonly idempotencyKey: string;
}

/** Writes a PENDING run; throws UserFaults when the workflow cannot start one. */
export type InsertRun = (tx: Tx, orgId: string, run: ScheduledRun) => Promise<unknown>;

/** A workflow whose time has come. */
interface Due {
  readonly orgId: string;
  readonly id: string;
  readonly name: string;
  readonly schedule: string;
  readonly dueAt: Date;
}

type Outcome = 'started' | 'skipped' | { readonly surprise: unknown };

/**
 * Starts a run of every ACTIVE, SCHEDULED workflow whose time has come by `now`, and moves it on to its next time after
 * that: times that were missed meanwhile count as one. A page of workflows is one transaction, in which their rows are
 * locked. So a run and the next time are there together or not at all, and replicas pass by each other's pages. What
 * fails by surprise stays due, to be tried again, and is thrown when all others are done.
 */
export async function startScheduledRuns(prisma: PrismaClient, now: Date, insertRun: InsertRun): Promise<{ started: number; skipped: number }> {
  const outcomes: Outcome[] = [];
  let last: Due | undefined;
  do {
    const page = await prisma.$transaction(async (tx) => {
      const due = await takeDue(tx, now, last);
      const done: Outcome[] = [];
      for (const workflow of due) done.push(await startOne(tx, workflow, now, insertRun).catch((surprise: unknown) => ({ surprise })));
      return { due, done };
    }, { timeout: pageTimeout });
    outcomes.push(...page.done);
    last = page.due.at(-1);
  } while (last);

  const surprises = outcomes.flatMap((outcome) => (typeof outcome === 'object' ? [outcome.surprise] : []));
  if (surprises.length) throw new AggregateError(surprises, `${surprises.length} scheduled workflows could not be started: ${String(surprises[0])}`);
  return { started: outcomes.filter((outcome) => outcome === 'started').length, skipped: outcomes.filter((outcome) => outcome === 'skipped').length };
}

/** The next page, behind the last one, so that what stays due is not taken again. The lock lets runs and documents be added meanwhile. */
function takeDue(tx: Tx, now: Date, last: Due | undefined): Promise<Due[]> {
  const [dueAt, orgId, id] = last ? [last.dueAt, last.orgId, last.id] : [new Date(0), '', ''];
  return tx.$queryRaw<Due[]>`
    SELECT "orgId", "id", "name", "schedule", "nextScheduledRunAt" AS "dueAt" FROM "workflows"
    WHERE "status" = 'ACTIVE' AND "triggerType" = 'SCHEDULED' AND "nextScheduledRunAt" <= ${now}
      AND ("nextScheduledRunAt", "orgId", "id") > (${dueAt}, ${orgId}, ${id})
    ORDER BY "nextScheduledRunAt", "orgId", "id" LIMIT ${pageSize} FOR NO KEY UPDATE SKIP LOCKED`;
}

/** Inside a savepoint, so that what one workflow breaks is undone without the rest of its page. */
function startOne(tx: Tx, { orgId, id, name, schedule, dueAt }: Due, now: Date, insertRun: InsertRun): Promise<Outcome> {
  return tx.$transaction(async (one) => {
    const due = dueAt.toISOString();
    const run = { workflowId: id, startedById: null, args: {}, environment: 'production', idempotencyKey: `schedule ${id} ${due}` } as const;
    const reason = await one.$transaction((attempt) => insertRun(attempt, orgId, run)).then(() => null, reasonOf);
    await one.workflow.update({ where: { orgId_id: { orgId, id } }, data: { nextScheduledRunAt: nextTime(schedule, now) } });
    if (reason === null) return 'started';
    const data = {
      type: 'workflow.schedule.skipped', severity: 'WARNING', displayLabel: `${name} was due at ${due} and was not started`,
      payload: { workflowId: id, dueAt: due, reason }, runId: null, agentId: null, gatewayId: null,
    } as const;
    await publish(one, orgId, { type: 'platform.event.occurred', subject: id, occurredAt: now, data });
    return 'skipped';
  });
}

/** Why a run could not be started, for people; what is no fault of the workflow's is thrown again. */
function reasonOf(error: unknown): string {
  if (error instanceof UserFaults) return error.message;
  throw error;
}
