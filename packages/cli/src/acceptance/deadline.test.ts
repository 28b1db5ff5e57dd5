import { demoPrincipal } from '@forge/auth';
import type { Subgraph } from '@forge/subgraph-kit';
import { createWorkflowSubgraph } from '@forge/subgraph-workflow';
import { createTestDatabase, recordStatements, runSql, type TestDatabase } from '@forge/testing';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';

const statements = recordStatements();
let database: TestDatabase;
let subgraph: Subgraph;
let id: string;

const execute = (query: string, deadline?: number) => subgraph.execute({ query }, { principal: demoPrincipal, ...(deadline !== undefined && { deadline }) });
const rename = (name: string, deadline?: number) => execute(`mutation { updateWorkflow(input: { id: "${id}", name: "${name}" }) { workflow { name } userErrors { message } } }`, deadline);
const name = async () => (await runSql<{ name: string }>(database.url, 'SELECT "name" FROM "workflows"'))[0]?.name;

beforeAll(async () => {
  database = await createTestDatabase('workflow');
  subgraph = await createWorkflowSubgraph({ databaseUrl: database.url, logger: pino({ level: 'silent' }), onSql: statements.onSql });
  const { data } = await execute('mutation { createWorkflow(input: { name: "first", createdById: "wrk_01jd0000000000000000000001" }) { workflow { id } userErrors { message } } }');
  id = (data as { createWorkflow: { workflow: { id: string } } }).createWorkflow.workflow.id;
});
afterAll(async () => {
  await subgraph.close();
  await database.drop();
});

test('a mutation that waits behind a lock gives up when its caller\'s time is up, and changes nothing later', async () => {
  const lock = runSql(database.url, 'BEGIN; SELECT FROM "workflows" FOR UPDATE; SELECT pg_sleep(3); COMMIT');
  while ((await runSql(database.url, `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`)).length === 0) await setTimeout(5);
  const began = performance.now();
  const { data, errors } = await rename('second', Date.now() + 300);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect([data?.['updateWorkflow'], errors?.[0]?.extensions]).toEqual([null, { code: 'TIMEOUT' }]);
  await lock;
  expect(await name()).toBe('first');
});

test('one in time happens; the limit holds for its transaction alone, and costs no statement', async () => {
  statements.clear();
  expect(await rename('third', Date.now() + 20_000)).toEqual({ data: { updateWorkflow: { workflow: { name: 'third' }, userErrors: [] } } });
  const bounded = statements.texts.length;
  statements.clear();
  expect(await rename('fourth')).toEqual({ data: { updateWorkflow: { workflow: { name: 'fourth' }, userErrors: [] } } });
  expect([bounded, await name()]).toEqual([statements.texts.length, 'fourth']);
});
