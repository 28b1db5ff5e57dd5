import { Logger as WorkerLogger, parseCronItems, run, type Runner, type RunnerOptions, type Task, type TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import { ForgivingPool } from './forgiving-pool.ts';
import { holdPresence, releaseJobsOfTheDead, type Presence } from './presence.ts';

/** What a job is given when its time has come. */
export interface JobRun {
  /** What addJob was given; cron adds when the job was due, which is not looked at. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Aborted when the process has been asked to stop and has waited for five seconds. */
  readonly signal: AbortSignal;
  /** Runs `act` unless somebody is at `name` already, in this process or another on this database; then it answers undefined at once. */
  exclusively<R>(name: string, act: () => Promise<R>): Promise<R | undefined>;
}

export type JobTask = (run: JobRun) => Promise<void>;

/** When a task runs by itself: five-field cron, UTC. */
export interface CronItem {
  readonly task: string;
  readonly match: string;
}

export interface JobsOptions {
  databaseUrl: string;
  logger: Logger;
  tasks: Readonly<Record<string, JobTask>>;
  /** Of what runs daily or less often, a time that was missed for less than a day is made up for, once. */
  crontab: readonly CronItem[];
}

export interface Jobs {
  /** Waits for what is under way. */
  close(): Promise<void>;
}

const concurrency = 5;
/** The runner listens on one and the presence is another; jobs need theirs only to be taken and to be done with. */
const connections = 6;
const restartAfterMilliseconds = 1_000;
const recovery = 'release-jobs-of-the-dead';
const dayInMilliseconds = 24 * 3600 * 1000;

/**
 * Runs the jobs of a domain's database in this process (graphile-worker); any number of processes may. What a process
 * that was killed had begun is taken over within a minute, or at once by the next to start: graphile-worker by itself
 * would wait four hours (https://worker.graphile.org/docs/scaling). A connection that is lost is made again.
 */
export function startJobs({ databaseUrl, logger, tasks, crontab }: JobsOptions): Jobs {
  const pool = new ForgivingPool({ connectionString: databaseUrl, max: connections, connectionTimeoutMillis: 10_000 });
  pool.on('error', (error) => logger.warn({ err: error }, 'lost a database connection of the jobs'));
  // A connection in use tells whoever uses it; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const stopping = new AbortController();
  const ended = keepRunning();

  async function keepRunning(): Promise<void> {
    for (;;) {
      await runUntilItEnds().catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.warn({ err: error }, 'jobs stopped, and are started again');
      });
      if (stopping.signal.aborted) return;
      await pause(restartAfterMilliseconds, stopping.signal);
    }
  }

  async function runUntilItEnds(): Promise<void> {
    const presence = await holdPresence(pool);
    let runner: Runner | undefined;
    const stop = () => void runner?.stop().catch(() => undefined);
    try {
      await releaseJobsOfTheDead(pool);
      runner = await run({
        pgPool: pool, concurrency, noHandleSignals: true, logger: quietLogger(logger), preset: presetOf(presence),
        taskList: taskList(presence), parsedCronItems: cronItems(crontab),
      });
      stopping.signal.addEventListener('abort', stop);
      if (stopping.signal.aborted) stop();
      await Promise.race([runner.promise, presence.lost]);
    } finally {
      stopping.signal.removeEventListener('abort', stop);
      await runner?.stop().catch(() => undefined);
      await runner?.promise.catch(() => undefined);
      presence.release();
    }
  }

  function taskList({ exclusively }: Presence): TaskList {
    const list = Object.entries(tasks).map(([name, task]): [string, Task] => [name, async (payload, { abortSignal }) => {
      const { _cron, ...given } = (payload ?? {}) as Record<string, unknown>;
      await task({ payload: given, signal: abortSignal, exclusively });
    }]);
    return { ...Object.fromEntries(list), [recovery]: () => releaseJobsOfTheDead(pool) };
  }

  return {
    async close() {
      stopping.abort();
      await ended;
      await pool.end();
    },
  };
}

/** As graphile-worker wants them. One job of a kind is enough, however many times were missed. Throws when a `match` is no five-field cron. */
export function cronItems(crontab: readonly CronItem[]) {
  return parseCronItems([...crontab, { task: recovery, match: '* * * * *' }].map(({ task, match }) => ({
    task, match, identifier: task, options: { jobKey: `cron ${task}`, backfillPeriod: isDaily(match) ? dayInMilliseconds : 0 },
  })));
}

/** Whether it runs once a day or less often, so that a missed time matters. */
function isDaily(match: string): boolean {
  return /^\d+ \d+ /.test(match);
}

/**
 * No worker takes a job before `presence` knows under which name it will lock it. And that a job is done is noted in
 * batches, as graphile-worker waits for those alone when it is stopped.
 */
function presetOf(presence: Presence): NonNullable<RunnerOptions['preset']> {
  return {
    plugins: [{ name: 'ForgePresence', version: '1.0.0', worker: { hooks: { startWorker: (_, { worker }) => presence.announce(worker.workerPool.id) } } }],
    worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
  };
}

/** Warnings and errors reach the domain's log; the rest is graphile-worker's own talk. */
function quietLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message, meta) => {
    if (level === 'error') logger.error({ job: meta }, message);
    else if (level === 'warning') logger.warn({ job: meta }, message);
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
