import { deliverInProcess, publish } from '@forge/events';
import { addJob, openDatabase, type PlainDatabase, type PlainTransaction } from '@forge/jobs';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { startBackground, type Background, type BackgroundOptions } from './background.ts';

const now = new Date('2026-11-23T10:00:00Z');
const logger = pino({ level: 'silent' });
const opened: { database: TestDatabase; db: PlainDatabase }[] = [];
const running: Background[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
  for (const { db, database } of opened.splice(0)) {
    await db.close();
    await database.drop();
  }
});

async function aDatabase() {
  const database = await createTestDatabase('chat');
  const db = openDatabase(database.url);
  opened.push({ database, db });
  return { db, url: database.url };
}

function start(options: BackgroundOptions<PlainTransaction, PlainDatabase>): Background {
  const background = startBackground(options);
  running.push(background);
  return background;
}

const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await sleep(5);
};
const tell = (tx: PlainTransaction, label: string) =>
  publish(tx, 'org_1', { type: 'budget.reservation.answered', subject: 'run_1', data: { stepResultId: label, runId: 'run_1', granted: true, reason: null } });

test('what one domain tells in a transaction another hears in a transaction of its own, and can tell of it in turn', async () => {
  const [budget, workflow] = [await aDatabase(), await aDatabase()];
  const { deliver, connect } = deliverInProcess();
  const heard: string[] = [];
  const told: string[] = [];
  start({ domain: 'budget', prisma: budget.db, settings: { databaseUrl: budget.url, logger, deliver } });
  const { receive } = start({
    domain: 'workflow', prisma: workflow.db, settings: { databaseUrl: workflow.url, logger, deliver },
    handlers: {
      async 'budget.reservation.answered'(tx, { orgId, data }) {
        heard.push(data.stepResultId);
        await publish(tx, orgId, { type: 'platform.event.occurred', subject: data.runId, data: { type: 't', severity: 'INFO', displayLabel: data.stepResultId, payload: {}, runId: null, agentId: null, gatewayId: null } });
      },
    },
  });
  const governance = await aDatabase();
  const { receive: receiveOfGovernance } = start({
    domain: 'governance', prisma: governance.db, settings: { databaseUrl: governance.url, logger, deliver },
    handlers: { 'platform.event.occurred': async (_, { source, data }) => void told.push(`${source} ${data.displayLabel}`) },
  });
  connect('workflow', receive);
  connect('governance', receiveOfGovernance);
  await budget.db.$transaction(async (tx) => {
    await tell(tx, 'a');
    await tell(tx, 'b');
  });
  await until(() => told.length === 2);
  expect([heard, told]).toEqual([['a', 'b'], ['/forge/workflow a', '/forge/workflow b']]);
});

test('tasks run when asked for, with what they were given and by the clock of the domain, or at their times', async () => {
  const { db, url } = await aDatabase();
  const ran: unknown[] = [];
  await runSql(url, `INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution) VALUES ('daily', now() - interval '9 days', now() - interval '3 days')`);
  start({
    domain: 'chat', prisma: db, settings: { databaseUrl: url, logger, now: () => now, deliver: deliverInProcess().deliver },
    tasks: { asked: { run: async (...given) => void ran.push(given) }, daily: { crontab: '0 6 * * *', run: async (at) => void ran.push(at) } },
  });
  await addJob(db, 'asked', { runId: 'run_1' });
  await until(() => ran.length === 2);
  expect(new Set(ran)).toEqual(new Set([[now, { runId: 'run_1' }], now]));
});

test('what is too old goes at its time', async () => {
  const { db, url } = await aDatabase();
  await runSql(url, `INSERT INTO "callbackDedup" ("orgId", "source", "key", "handledAt") VALUES ('org_1', 'm', 'old', '2026-11-22T09:00Z'), ('org_1', 'm', 'young', '2026-11-22T11:00Z')`);
  const { retention } = start({ domain: 'chat', prisma: db, settings: { databaseUrl: url, logger, now: () => now, deliver: deliverInProcess().deliver } });
  expect(retention.map(({ name, crontab }) => [name, crontab])).toEqual([['delivered events', '50 3 * * 0'], ['handled callbacks', '0 * * * *'], ['handled events', '20 * * * *']]);
  await addJob(db, 'remove-old-handled-callbacks');
  await until(async () => (await runSql(url, `SELECT FROM "eventOutbox"`)).length === 1);
  expect(await runSql(url, `SELECT "key" FROM "callbackDedup"`)).toEqual([{ key: 'young' }]);
});

test('without a way for events to leave nothing runs by itself, but events are heard', async () => {
  const { db, url } = await aDatabase();
  const heard: string[] = [];
  let ran = false;
  const { receive } = start({
    domain: 'workflow', prisma: db, settings: { databaseUrl: url, logger },
    handlers: { 'budget.reservation.answered': async (_, { data }) => void heard.push(data.stepResultId) },
    tasks: { asked: { run: async () => { ran = true; } } },
  });
  await tell(db, 'a');
  await addJob(db, 'asked');
  const data = { stepResultId: 'b', runId: 'run_1', granted: true, reason: null };
  await receive([{ specversion: '1.0', id: 'evt_b', source: '/forge/budget', type: 'budget.reservation.answered', subject: 'run_1', time: now.toISOString(), datacontenttype: 'application/json', orgid: 'org_1', data }]);
  await sleep(300);
  expect([heard, ran, (await runSql(url, 'SELECT FROM graphile_worker.jobs')).length]).toEqual([['b'], false, 2]);
});
