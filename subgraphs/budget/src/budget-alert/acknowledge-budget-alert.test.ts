import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { orgId, startBudgets, type Budgets } from '../fixture/start-budgets.ts';

const demoPrincipal = { ...anotherOrganisation, orgId, subject: 'wrk_01jd0000000000000000000001' };

let budgets: Budgets;
let id: string;
beforeAll(async () => (budgets = await startBudgets()));
beforeEach(async () => {
  const budgetId = await budgets.budget({ period: 'DAILY', alertThresholds: [50] });
  await budgets.ask('adjustBudget', { budgetId, type: 'DEBIT', amountCents: '60', note: 'x' });
  id = (await budgets.graph.data('query ($id: ID!) { budget(id: $id) { alerts { nodes { id } } } }', { id: budgetId })).budget.alerts.nodes[0].id;
});
afterAll(() => budgets.close());

const mutation = 'mutation ($input: AcknowledgeBudgetAlertInput!) { acknowledgeBudgetAlert(input: $input) { budgetAlert { status acknowledgedById acknowledgedAt } userErrors { code message path } } }';
const acknowledge = async (alert = id, principal: typeof anotherOrganisation = demoPrincipal) => (await budgets.graph.data(mutation, { input: { id: alert } }, principal)).acknowledgeBudgetAlert;
const somebody = () => ({ ...demoPrincipal, subject: newId('Worker') });
const refused = (code: string, message: unknown) => ({ budgetAlert: null, userErrors: [{ code, path: ['input', 'id'], message }] });

test('who takes notice of an alert is noted, and asked again it answers the same', async () => {
  const noted = { budgetAlert: { status: 'ACKNOWLEDGED', acknowledgedById: demoPrincipal.subject, acknowledgedAt: budgets.clock.now.toISOString() }, userErrors: [] };
  expect([await acknowledge(), await acknowledge()]).toEqual([noted, noted]);
});

test('of twenty who do at once one is noted, and the others are told who', async () => {
  const everybody = Array.from({ length: 20 }, somebody);
  const answers = await Promise.all(everybody.map((principal) => acknowledge(id, principal)));
  const [winner] = answers.flatMap(({ budgetAlert }) => budgetAlert?.acknowledgedById ?? []);
  expect(answers.filter(({ budgetAlert }) => budgetAlert !== null)).toHaveLength(1);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(19).fill({ code: 'INVALID_TRANSITION', path: ['input', 'id'], message: `id: was acknowledged by ${winner} at ${budgets.clock.now.toISOString()}` }));
});

test('an alert of a period that is over is settled already', async () => {
  await budgets.sql(`UPDATE "budgetAlerts" SET "status" = 'RESOLVED' WHERE "id" = $1`, [id]);
  expect(await acknowledge()).toEqual(refused('INVALID_TRANSITION', 'id: the alert is settled already'));
});

test('what is no alert, or another organisation\'s, is not found; a machine takes no notice', async () => {
  expect(await acknowledge(newId('Budget'))).toEqual(refused('INVALID', expect.stringContaining('expected the id of a BudgetAlert')));
  expect(await acknowledge(newId('BudgetAlert'))).toEqual(refused('NOT_FOUND', 'id: leads to no BudgetAlert'));
  expect(await acknowledge(id, anotherOrganisation)).toEqual(refused('NOT_FOUND', 'id: leads to no BudgetAlert'));
  expect((await acknowledge(id, { ...demoPrincipal, kind: 'apiKey', subject: newId('ApiKey') })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
});
