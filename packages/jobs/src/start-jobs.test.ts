import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { addJob } from './add-job.ts';
import { openDatabase, type PlainDatabase } from './open-database.ts';
import { cronItems, startJobs, type CronItem, type Jobs, type JobTask } from './start-jobs.ts';

const { jest } = import.meta;
let database: TestDatabase;
let db: PlainDatabase;
const started: Jobs[] = [];
beforeAll(async () => {
  database = await createTestDatabase('chat');
  db = openDatabase(`${database.url}?application_name=test`);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((jobs) => jobs.close()));
  await runSql(database.url, 'DELETE FROM graphile_worker._private_jobs; DELETE FROM graphile_worker._private_known_crontabs');
  jest.restoreAllMocks();
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

function start(tasks: Record<string, JobTask>, crontab: readonly CronItem[] = []): Jobs {
  const jobs = startJobs({ databaseUrl: database.url, logger: pino({ level: 'silent' }), tasks, crontab });
  started.push(jobs);
  return jobs;
}

const until = async (condition: () => boolean) => {
  while (!condition()) await sleep(5);
};

/** A task that notes what it is given. */
function noting() {
  const seen: unknown[] = [];
  return { seen, note: (async ({ payload }) => void seen.push(payload)) satisfies JobTask };
}

test('a job runs once its transaction is committed, and never when that is rolled back', async () => {
  const { seen, note } = noting();
  start({ note });
  let seenBefore = 0;
  await db.$transaction(async (tx) => {
    await addJob(tx, 'note', { n: 1 });
    await sleep(200);
    seenBefore = seen.length;
  });
  await db.$transaction(async (tx) => {
    await addJob(tx, 'note', { n: 2 });
    throw new Error('no');
  }).catch(() => undefined);
  await addJob(db, 'note', { n: 3 });
  await until(() => seen.length === 2);
  expect([seenBefore, new Set(seen)]).toEqual([0, new Set([{ n: 1 }, { n: 3 }])]);
});

test('a job does not run before its time', async () => {
  const ranAt: number[] = [];
  const note = async () => void ranAt.push(Date.now());
  const time = Date.now() + 700;
  await addJob(db, 'note', {}, new Date(time));
  start({ note });
  await sleep(800);
  // Who starts looks at once, the others every two seconds.
  start({ note });
  await until(() => ranAt.length === 1);
  expect(ranAt[0]).toBeGreaterThanOrEqual(time);
});

test('a task that fails is tried again, later', async () => {
  start({ fail: async () => { throw new Error('not yet'); } });
  await addJob(db, 'fail');
  let rows: unknown[] = [];
  while (rows.length === 0) rows = await runSql(database.url, `SELECT attempts, last_error, run_at > now() AS later FROM graphile_worker.jobs WHERE last_error IS NOT NULL AND locked_at IS NULL`);
  expect(rows).toEqual([{ attempts: 1, last_error: 'not yet', later: true }]);
});

test('what runs daily and was missed is made up for once; what runs every minute is not', async () => {
  const { seen, note } = noting();
  const frequent = noting();
  const crontab = [{ task: 'daily', match: '0 6 * * *' }, { task: 'frequent', match: '* * * * *' }];
  await runSql(database.url, `
    INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    SELECT task, now() - interval '9 days', now() - interval '3 days' FROM unnest(ARRAY['daily', 'frequent']) AS task`);
  start({ daily: note, frequent: frequent.note }, crontab);
  await until(() => seen.length === 1);
  await sleep(200);
  expect(seen).toEqual([{}]);
  expect(frequent.seen.length).toBeLessThanOrEqual(1);
});

test('the crontab is five fields for each task; anything else is told at the start', () => {
  expect(cronItems([{ task: 'remove-old-token-events', match: '0 3 * * 0' }])).toHaveLength(2);
  for (const match of ['hourly', '60 * * * *', '* * * *']) expect(() => cronItems([{ task: 'a', match }])).toThrow();
});

const advisoryLocks = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** A process that takes a job and is killed in the middle of it. */
async function killedAtWork(task: string): Promise<void> {
  const program = `
    const { startJobs } = await import('${import.meta.dirname}/start-jobs.ts');
    const logger = { warn: () => undefined, error: () => undefined };
    startJobs({ databaseUrl: '${database.url}', logger, crontab: [], tasks: { '${task}': () => { process.stdout.write('begun'); return new Promise(() => {}); } } });`;
  const before = (await runSql(database.url, advisoryLocks)).length;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await addJob(db, task, { n: 1 });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  // PostgreSQL notices a moment later.
  while ((await runSql(database.url, advisoryLocks)).length > before) await sleep(5);
}

test('what a process killed with -9 had begun is taken over at once by the next to start', async () => {
  await killedAtWork('work');
  const { seen, note } = noting();
  const startedAt = performance.now();
  start({ work: note });
  await until(() => seen.length === 1);
  expect(seen).toEqual([{ n: 1 }]);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});

test('what a process killed with -9 had begun is taken over by those that run, with a job of every minute', async () => {
  const { seen, note } = noting();
  start({ work: note, other: note });
  await addJob(db, 'other');
  await until(() => seen.length === 1);
  await killedAtWork('work of its own');
  const everyMinute = cronItems([]);
  expect(everyMinute.map(({ match }) => match({ min: 17, hour: 4, date: 1, month: 2, dow: 3 }))).toEqual([true]);
  for (const { task } of everyMinute) await addJob(db, task);
  while ((await runSql(database.url, `SELECT FROM graphile_worker.jobs WHERE locked_by IS NOT NULL`)).length > 0) await sleep(5);
  expect(await runSql(database.url, `SELECT attempts < max_attempts AS due FROM graphile_worker.jobs WHERE task_identifier = 'work of its own'`)).toEqual([{ due: true }]);
});

test('a job of a process that is well is left to it, however many others start', async () => {
  let runs = 0;
  const { promise: done, resolve: finish } = Promise.withResolvers<undefined>();
  const task: JobTask = async () => {
    runs++;
    await done;
  };
  start({ task });
  await addJob(db, 'task');
  await until(() => runs === 1);
  start({ task });
  start({ task });
  await addJob(db, 'release-jobs-of-the-dead');
  await sleep(500);
  expect(runs).toBe(1);
  finish(undefined);
});

const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'test' AND pid <> pg_backend_pid()`;

test('with its connections cut, again and again, it goes on', async () => {
  // graphile-worker says so there too.
  jest.spyOn(console, 'trace').mockImplementation(() => undefined);
  // What was done and could not be noted is done again.
  const seen = new Set<unknown>();
  start({ note: async ({ payload: { n } }) => void seen.add(n) });
  for (let n = 1; n <= 4; n++) {
    await addJob(db, 'note', { n });
    await until(() => seen.has(n));
    await runSql(database.url, cut);
  }
  await addJob(db, 'note', { n: 5 });
  await until(() => seen.has(5));
});

test('with its connections cut while it closes, it closes', async () => {
  jest.spyOn(console, 'trace').mockImplementation(() => undefined);
  for (let n = 0; n < 5; n++) {
    const { seen, note } = noting();
    const jobs = startJobs({ databaseUrl: database.url, logger: pino({ level: 'silent' }), crontab: [], tasks: { note } });
    await addJob(db, 'note');
    await until(() => seen.length > 0);
    await Promise.all([jobs.close(), runSql(database.url, cut)]);
  }
});

test('closing waits for what is under way, and nothing of it is left to do', async () => {
  let finished = false;
  const begun = Promise.withResolvers<undefined>();
  const jobs = startJobs({ databaseUrl: database.url, logger: pino({ level: 'silent' }), crontab: [], tasks: {
    async slow() {
      begun.resolve(undefined);
      await sleep(300);
      finished = true;
    },
  } });
  await addJob(db, 'slow');
  await begun.promise;
  await jobs.close();
  expect(finished).toBe(true);
  expect(await runSql(database.url, `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'slow'`)).toEqual([]);
});

test('closing while it starts ends it too', async () => {
  for (const milliseconds of [0, 5, 20, 60]) {
    const jobs = startJobs({ databaseUrl: database.url, logger: pino({ level: 'silent' }), crontab: [], tasks: {} });
    await sleep(milliseconds);
    await jobs.close();
  }
  expect(await runSql(database.url, advisoryLocks)).toEqual([]);
});

test('what is done exclusively is done by one at a time, in whichever process; the others are told at once', async () => {
  let atWork = 0;
  let most = 0;
  const outcomes: unknown[] = [];
  const task: JobTask = async ({ exclusively }) => {
    outcomes.push(await exclusively('the work', async () => {
      most = Math.max(most, ++atWork);
      await sleep(20);
      atWork--;
      return 'done';
    }));
  };
  start({ task });
  start({ task });
  await Promise.all(Array.from({ length: 20 }, () => addJob(db, 'task')));
  await until(() => outcomes.length === 20);
  expect(most).toBe(1);
  expect(new Set(outcomes)).toEqual(new Set(['done', undefined]));
});
