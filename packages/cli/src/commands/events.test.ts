import { publish } from '@forge/events';
import { openDatabase, type PlainDatabase } from '@forge/jobs';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { eventsCommand, replay, show } from './events.ts';

const made = new Map<string, TestDatabase>();
const databases = new Map<string, PlainDatabase>();
beforeEach(async () => {
  for (const domain of ['agents', 'budget']) {
    const database = await createTestDatabase(domain);
    made.set(domain, database);
    databases.set(domain, openDatabase(database.url));
  }
});
afterEach(async () => {
  for (const database of databases.values()) await database.close();
  for (const database of made.values()) await database.drop();
});

const sql = (domain: string, text: string) => runSql(made.get(domain)?.url ?? '', text);
async function tell(domain: string, subject: string, changes = '"attempts" = 0'): Promise<string> {
  await publish(databases.get(domain) as PlainDatabase, 'org_1', { type: 'budget.reservation.answered', subject, data: { stepResultId: 's', runId: 'r', granted: true, reason: null } });
  const [row] = await sql(domain, `UPDATE "eventOutbox" SET ${changes} WHERE "subject" = '${subject}' RETURNING "id"`);
  return row?.['id'] as string;
}
const setAside = `"setAsideAt" = now(), "attempts" = 10, "lastError" = E'it is\\n wrong'`;
const states = (domain: string) => sql(domain, `SELECT "subject", "setAsideAt" IS NOT NULL AS aside, "attempts" FROM "eventOutbox" ORDER BY "sequence"`);
const wakeUps = async (domain: string) => (await sql(domain, `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'relay-events'`)).length;

test('it shows what is on its way and what was set aside, in every domain', async () => {
  const old = await tell('agents', 'run_old', `"createdAt" = now() - interval '3 hours', "attempts" = 4, "lastError" = '${'x'.repeat(200)}'`);
  const fresh = await tell('budget', 'run_new');
  const aside = await tell('budget', 'run_aside', `${setAside}, "createdAt" = now() - interval '9 days'`);
  await tell('budget', 'run_done', '"deliveredAt" = now()');
  expect(await show(databases, false)).toEqual([
    'Events on their way: 2',
    expect.stringMatching(/^from → to +id +type +subject +age +attempts  last error$/),
    expect.stringMatching(new RegExp(`^budget → workflow  ${fresh}  budget.reservation.answered  run_new  [0-9]+ s +0$`)),
    expect.stringMatching(new RegExp(`^agents → workflow  ${old}  budget.reservation.answered  run_old  3 h +4  x{100}…$`)),
    'Events set aside: 1',
    expect.stringMatching(/^from → to/),
    expect.stringMatching(new RegExp(`^budget → workflow  ${aside} .* run_aside  9 d +10  it is wrong$`)),
  ]);
  expect((await show(databases, true))[0]).toBe('Events set aside: 1');
});

test('however many there are, it shows the newest hundred and says how many there are', async () => {
  await tell('agents', 'run_1');
  await sql('agents', `
    INSERT INTO "eventOutbox" ("id", "orgId", "subscriber", "type", "subject", "payload", "occurredAt", "createdAt")
    SELECT 'evt_' || i, 'org_1', 'workflow', 't', 'run', '{}', now(), now() + i * interval '1 s' FROM generate_series(1, 1500) AS i`);
  const lines = await show(databases, false);
  expect([lines[0], lines[2]]).toEqual(['Events on their way: 1,501, the newest 100 of them:', expect.stringContaining('evt_1500 ')]);
  expect(lines).toHaveLength(1 + 1 + 100 + 1);
});

test('one that was set aside is due again, as if never tried, and the relay is woken', async () => {
  const first = await tell('budget', 'run_1', setAside);
  await tell('budget', 'run_2', setAside);
  await sql('budget', 'DELETE FROM graphile_worker._private_jobs');
  expect(await replay(databases, [first])).toEqual(['Due again: 1 of budget. They are sent as soon as their domain runs.']);
  expect(await states('budget')).toEqual([{ subject: 'run_1', aside: false, attempts: 0 }, { subject: 'run_2', aside: true, attempts: 10 }]);
  expect([await wakeUps('budget'), await wakeUps('agents')]).toEqual([1, 0]);
});

test('all of them, of every domain, are due again; then there are none', async () => {
  await tell('budget', 'run_1', setAside);
  await tell('agents', 'run_2', setAside);
  expect(await replay(databases, 'all')).toEqual(['Due again: 1 of agents, 1 of budget. They are sent as soon as their domain runs.']);
  expect(await replay(databases, 'all')).toEqual(['No event is set aside.']);
});

test('with an unknown id among them nothing is changed', async () => {
  const id = await tell('budget', 'run_1', setAside);
  const pending = await tell('budget', 'run_2');
  await expect(replay(databases, [id, 'evt_x', pending])).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringContaining(`has the id evt_x, ${pending}; forge events`) });
  expect(await states('budget')).toMatchObject([{ aside: true }, { aside: false }]);
});

test.each([
  [['--domain', 'bugdet'], /^There is no domain "bugdet"; the domains are agents, analytics, budget, /],
  [['replay', '--all', '--domain', 'bugdet'], /^There is no domain "bugdet"/],
  [['replay'], /^Give the ids of events, or --all/],
  [['replay', 'evt_1', '--all'], /^Give the ids of events, or --all/],
])('forge events %j is told what is wrong, before anything is started', async (args, message) => {
  const forge = { env: {}, projectDir: join(import.meta.dirname, '../../../..') };
  await expect(eventsCommand(forge).parseAsync(args, { from: 'user' })).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringMatching(message) });
});
