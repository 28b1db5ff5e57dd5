import type { Prisma, PrismaClient } from '@forge/prisma-workflow';
import { startBackground, type Background, type BackgroundOptions, type SubgraphSettings } from '@forge/subgraph-kit';
import { advanceRun } from './engine/advance-run.ts';
import { advanceRunTask, cancelRunTask } from './engine/end-run.ts';
import { inRun } from './engine/run.ts';
import { agentChanged } from './events/agent-changed.ts';
import { costsRecorded } from './events/costs-recorded.ts';
import { libraryStepChanged } from './events/library-step-changed.ts';
import { reservationAnswered } from './events/reservation-answered.ts';
import { attendApprovals } from './jobs/attend-approvals.ts';
import { beginPendingRuns, beginPendingRunsTask } from './jobs/begin-pending-runs.ts';
import { cancelChildRuns } from './jobs/cancel-child-runs.ts';
import { expireHumanInputs } from './jobs/expire-human-inputs.ts';
import { expireLeases, expireLeasesTask } from './jobs/expire-leases.ts';
import { startScheduledRuns } from './jobs/start-scheduled-runs.ts';
import { stopOverdueRuns } from './jobs/stop-overdue-runs.ts';
import { insertRun } from './workflow-run/insert-run.ts';

const everyMinute = '* * * * *';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  const { now = () => new Date() } = settings;
  return startBackground<Prisma.TransactionClient, PrismaClient>({
    domain: 'workflow', prisma, settings,
    handlers: {
      'agents.agent.changed': agentChanged,
      'analytics.costs.recorded': (tx, event) => costsRecorded(tx, event, now()),
      'budget.reservation.answered': (tx, event) => reservationAnswered(tx, event, now()),
      'registries.library-step.changed': libraryStepChanged,
    },
    tasks: domainTasks(prisma),
  });
}

type Tasks = NonNullable<BackgroundOptions<Prisma.TransactionClient, PrismaClient>['tasks']>;

/** By name; those with a crontab run at their times, all of them when a transaction has asked for it. */
export function domainTasks(prisma: PrismaClient): Tasks {
  return {
    [advanceRunTask]: { run: (at, { orgId, runId }) => inRun(prisma, String(orgId), String(runId), (tx, run) => advanceRun(tx, run, at)) },
    [cancelRunTask]: { run: (at, payload) => cancelChildRuns(prisma, payload, at) },
    [beginPendingRunsTask]: { crontab: everyMinute, run: (at) => beginPendingRuns(prisma, at) },
    [expireLeasesTask]: { crontab: everyMinute, run: (at) => expireLeases(prisma, at) },
    'attend-approvals': { crontab: everyMinute, run: (at) => attendApprovals(prisma, at) },
    'expire-human-inputs': { crontab: everyMinute, run: (at) => expireHumanInputs(prisma, at) },
    'start-scheduled-runs': { crontab: everyMinute, run: (at) => startScheduledRuns(prisma, at, (tx, orgId, run) => insertRun(tx, orgId, run, at)) },
    'stop-overdue-runs': { crontab: everyMinute, run: (at) => stopOverdueRuns(prisma, at) },
  };
}
