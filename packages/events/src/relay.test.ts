import { startJobs, type JobTransaction } from '@forge/jobs';
import { runSql } from '@forge/testing';
import { CloudEvent as SdkEvent } from 'cloudevents';
import { setTimeout as sleep } from 'node:timers/promises';
import { twoDomains, type TwoDomains } from './fixture/two-domains.ts';
import { relayTask } from './publish.ts';
import { relay } from './relay.ts';
import { listUndelivered, replayEvents, setAsideAmong } from './undelivered.ts';

let domains: TwoDomains;
beforeAll(async () => (domains = await twoDomains()));
afterEach(() => domains.reset());
afterAll(() => domains.close());

const passes = (seconds: number) => (domains.now = new Date(domains.now.getTime() + seconds * 1000));
const refuse = (...labels: string[]) => {
  domains.handle = async (_, { data }) => {
    if (labels.includes(data.stepResultId)) throw new Error(`${data.stepResultId} is wrong`);
  };
};
/** The relay's jobs that wait, by key, and how far in the future of the test's clock. */
const waitingJobs = async () => {
  const jobs = await runSql<{ key: string | null; run_at: Date }>(domains.url, `SELECT key, run_at FROM graphile_worker.jobs ORDER BY key NULLS FIRST`);
  return jobs.map(({ key, run_at }) => [key, (run_at.getTime() - domains.now.getTime()) / 1000]);
};

test('what is published arrives, once, in order, and what was rolled back is never heard of', async () => {
  await domains.tell('a');
  await domains.db.$transaction(async (tx) => {
    await domains.tell('never', { tx });
    throw new Error('no');
  }).catch(() => undefined);
  for (const label of ['b', 'c']) await domains.tell(label);
  await domains.run();
  await domains.run();
  expect(await domains.heard()).toEqual(['a', 'b', 'c']);
  expect(await domains.outbox()).toEqual(['a', 'b', 'c'].map((label) => ({ label, attempts: 0, state: 'delivered', lastError: null })));
  expect(await waitingJobs()).toEqual([]);
});

test('what travels are CloudEvents, as its own SDK checks them', async () => {
  await domains.tell('a', { subject: 'run_7', orgId: 'org_7' });
  await domains.run();
  const [event] = domains.sent[0] ?? [];
  expect(new SdkEvent({ ...event }, true)).toMatchObject({
    specversion: '1.0', id: expect.stringMatching(/^evt_[0-9a-z]{26}$/), source: '/forge/budget', type: 'budget.reservation.answered', subject: 'run_7',
    datacontenttype: 'application/json', orgid: 'org_7', data: { stepResultId: 'a', granted: true },
  });
  expect(new SdkEvent({ ...event }, true).validate()).toBe(true);
});

test('an event that is refused is tried again, later each time; what follows of its subject waits, other subjects go on', async () => {
  refuse('a1');
  for (const [label, subject] of [['a1', 'run_a'], ['b1', 'run_b'], ['a2', 'run_a']] as const) await domains.tell(label, { subject });
  for (const [seconds, attempts] of [[1, 1], [2, 2], [4, 3], [8, 4]] as const) {
    await domains.run();
    expect(await waitingJobs()).toEqual([['relay-events workflow', seconds]]);
    expect(await domains.outbox()).toMatchObject([{ state: 'pending', attempts, lastError: 'a1 is wrong' }, { state: 'delivered' }, { state: 'pending', attempts: 0, lastError: null }]);
    await domains.run();
    expect(domains.log.at(-1)).toMatchObject({ level: 40, subject: 'run_a', subscriber: 'workflow', msg: 'an event was refused, and is tried again' });
    passes(seconds);
  }
  refuse();
  await domains.tell('b2', { subject: 'run_b' });
  await domains.run();
  expect((await domains.heard()).filter((label) => label !== 'b2')).toEqual(['b1', 'a1', 'a2']);
  expect(await waitingJobs()).toHaveLength(1);
});

test('after ten refusals it is set aside and told of, and its subject goes on; replayed it is heard', async () => {
  refuse('a');
  for (const label of ['a', 'b']) await domains.tell(label);
  let seconds = 0;
  for (let attempt = 1; attempt <= 10; attempt++) {
    await domains.run();
    const wait = Math.min(2 ** (attempt - 1), 300);
    if (attempt < 10) seconds += wait;
    passes(wait);
  }
  expect(seconds).toBe(511);
  expect(await domains.outbox()).toMatchObject([{ state: 'set aside', attempts: 10, lastError: 'a is wrong' }, { state: 'delivered' }]);
  expect(domains.log.filter(({ level }) => level === 50)).toMatchObject([{ msg: 'an event is set aside; see forge events', subject: 'run_1', error: 'a is wrong' }]);
  passes(100_000);
  await domains.run();
  expect(await domains.heard()).toEqual(['b']);

  refuse();
  const { count, newest: [{ id } = { id: '' }] } = await listUndelivered(domains.db, 'set aside', 100);
  expect([count, await setAsideAmong(domains.db, [id, 'evt_unknown'])]).toEqual([1, [id]]);
  await runSql(domains.url, 'DELETE FROM graphile_worker._private_jobs');
  expect(await domains.db.$transaction((tx) => replayEvents(tx, [id]))).toBe(1);
  expect(await domains.db.$transaction((tx) => replayEvents(tx, 'all'))).toBe(0);
  expect(await waitingJobs()).toHaveLength(1);
  await domains.run();
  expect(await domains.heard()).toEqual(['b', 'a']);
});

test('a subscriber that cannot be reached counts as no attempt; it is left alone for a while, and then tried again', async () => {
  const { deliver } = domains;
  let calls = 0;
  domains.deliver = async () => {
    calls++;
    throw Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  };
  await domains.tell('a');
  await domains.run();
  expect(await domains.outbox()).toMatchObject([{ state: 'pending', attempts: 0, lastError: 'workflow was not reached: ECONNREFUSED' }]);
  for (const [misses, seconds] of [[1, 1], [2, 2], [3, 4], [4, 8], [5, 10], [6, 10]] as const) {
    expect(await waitingJobs()).toEqual([['relay-events workflow unreachable', seconds]]);
    await domains.tell('more');
    await domains.run();
    expect(calls).toBe(misses);
    await runSql(domains.url, `DELETE FROM graphile_worker._private_jobs`);
    await domains.run({ misses });
  }
  domains.deliver = deliver;
  await runSql(domains.url, `DELETE FROM graphile_worker._private_jobs`);
  await domains.run({ misses: 7 });
  expect((await domains.outbox()).map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'delivered'));
});

test('an answer that says nothing of what was sent counts as none', async () => {
  domains.deliver = async () => [{ id: 'evt_other', error: null }];
  await domains.tell('a');
  await domains.run();
  expect(await domains.outbox()).toMatchObject([{ state: 'pending', attempts: 0, lastError: 'workflow was not reached: it said nothing of what it was sent' }]);
});

test('a subscriber without its database counts as out of reach: no event is to blame', async () => {
  await domains.tell('a');
  domains.deliver = async (_, events) => {
    const { createReceiver } = await import('./receive.ts');
    const gone = async () => { throw new Error('no connection'); };
    return createReceiver({ $queryRaw: gone, $transaction: gone }, { 'budget.reservation.answered': async () => undefined }, domains.logger)(events);
  };
  await domains.run();
  expect(await domains.outbox()).toMatchObject([{ state: 'pending', attempts: 0, lastError: 'workflow was not reached: no connection' }]);
});

test('killed after the receiver has committed and before that was noted: heard once', async () => {
  const { db, logger, deliver } = domains;
  const dying: JobTransaction = { $queryRaw: (parts, ...values) => (parts.join().includes('UPDATE "eventOutbox"') ? Promise.reject(new Error('killed')) : db.$queryRaw(parts, ...values)) };
  const task = relay({ domain: 'budget', db: dying, logger, deliver, now: () => domains.now });
  await domains.tell('a');
  await expect(task({ payload: { subscriber: 'workflow' }, signal: new AbortController().signal, exclusively: async (_, act) => act() })).rejects.toThrow('killed');
  expect([await domains.heard(), await domains.outbox()]).toMatchObject([['a'], [{ state: 'pending' }]]);
  await domains.run();
  expect(domains.sent).toHaveLength(2);
  expect([await domains.heard(), await domains.outbox()]).toMatchObject([['a'], [{ state: 'delivered', attempts: 0 }]]);
});

test('asked to stop it leaves the rest, and a job that comes back for it', async () => {
  await domains.tell('a');
  await runSql(domains.url, `DELETE FROM graphile_worker._private_jobs`);
  const { db, logger, deliver } = domains;
  await relay({ domain: 'budget', db, logger, deliver, now: () => domains.now })({ payload: { subscriber: 'workflow' }, signal: AbortSignal.abort(), exclusively: async (_, act) => act() });
  expect(await domains.heard()).toEqual([]);
  expect(await waitingJobs()).toEqual([['relay-events workflow', 0]]);
});

test('a thousand small events go in batches of fifty, large ones by the two megabytes', async () => {
  for (let i = 0; i < 120; i++) await domains.tell(`small ${i}`, { subject: `run_${i}` });
  await domains.run();
  expect(domains.sent.map(({ length }) => length)).toEqual([50, 50, 20]);
  domains.sent.length = 0;
  for (let i = 0; i < 5; i++) await domains.tell(`${i} ${'x'.repeat(900_000)}`);
  await domains.run();
  expect(domains.sent.map(({ length }) => length)).toEqual([2, 2, 1]);
});

test('what is published while the relay is letting go, and finds it busy, is not left', async () => {
  const { db, logger, deliver } = domains;
  let published = 0;
  await domains.tell('a');
  await relay({ domain: 'budget', db, logger, deliver, now: () => domains.now })({
    payload: { subscriber: 'workflow' }, signal: new AbortController().signal,
    async exclusively(_, act) {
      const result = await act();
      if (++published === 1) await domains.tell('b');
      return result;
    },
  });
  expect(await domains.heard()).toEqual(['a', 'b']);
});

test('with two processes relaying, the events of a subject are heard in their order, and each is sent once', async () => {
  const options = { domain: 'budget', db: domains.db, logger: domains.logger, now: () => new Date(), deliver: domains.deliver };
  domains.handle = async () => sleep(1);
  const processes = [1, 2].map(() => startJobs({ databaseUrl: domains.url, logger: domains.logger, crontab: [], tasks: { [relayTask]: relay(options) } }));
  const subjects = ['run_a', 'run_b', 'run_c', 'run_d'];
  await Promise.all(subjects.map(async (subject) => {
    for (let i = 0; i < 25; i++) await domains.tell(`${subject} ${i}`, { subject });
  }));
  while ((await domains.heard()).length < 100) await sleep(20);
  await Promise.all(processes.map((jobs) => jobs.close()));
  const heard = await domains.heard();
  for (const subject of subjects) expect(heard.filter((label) => label.startsWith(subject))).toEqual(Array.from({ length: 25 }, (_, i) => `${subject} ${i}`));
  const ids = domains.sent.flat().map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([100, 100]);
});

test('a thousand wake-ups for one subscriber are a handful of runs', async () => {
  await Promise.all(Array.from({ length: 10 }, async (_, k) => {
    for (let i = 0; i < 100; i++) await domains.tell(`${k} ${i}`, { subject: `run_${k}` });
  }));
  expect(await waitingJobs()).toHaveLength(1000);
  let runs = 0;
  const task = relay({ domain: 'budget', db: domains.db, logger: domains.logger, now: () => new Date(), deliver: domains.deliver });
  const jobs = startJobs({ databaseUrl: domains.url, logger: domains.logger, crontab: [], tasks: { [relayTask]: async (run) => { runs++; await task(run); } } });
  while ((await waitingJobs()).length > 0) await sleep(20);
  await jobs.close();
  expect((await domains.heard()).length).toBe(1000);
  expect(runs).toBeLessThanOrEqual(20);
});
