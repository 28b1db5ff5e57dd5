import { demoPrincipal, type Principal } from '@forge/auth';
import { seedIfEmpty } from '@forge/demo-data';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => (platform = await startTestPlatform((urls) => seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z'), runs: 20 }))), 120_000);
afterAll(() => platform.close());

const as = (...scopes: string[]): Principal => ({ ...demoPrincipal, kind: 'apiKey', scopes });
const forbidden = (scope: string, ...path: (string | number)[]) => expect.objectContaining({ message: `This needs the scope ${scope}.`, path, extensions: expect.objectContaining({ code: 'FORBIDDEN' }) });

test('a query over several domains answers what the caller may see, with an error at each place of the rest', async () => {
  const query = '{ runs: workflowRuns(first: 2) { nodes { id workflow { name } tokenEvents(first: 1) { totalCount } auditEvents(first: 1) { totalCount } } } budgets { totalCount } }';
  const { data, errors } = await platform.ask<{ runs: { nodes: unknown[] } }>(query, {}, as('workflow:read', 'governance:read', 'analytics:read'));
  const run = { id: expect.stringMatching(/^run_/), workflow: { name: expect.any(String) }, tokenEvents: { totalCount: expect.any(Number) }, auditEvents: null };
  expect(data).toEqual({ runs: { nodes: [run, run] }, budgets: null });
  expect(errors).toHaveLength(3);
  expect(errors).toEqual(expect.arrayContaining([forbidden('budget:read', 'budgets'), ...[0, 1].map((i) => forbidden('governance:audit', 'runs', 'nodes', i, 'auditEvents'))]));
});

test('of two mutations the forbidden one does not run, the other is answered', async () => {
  const create = 'mutation ($worker: ID!) { no: createDepartment(input: { companyId: "acme", name: "Nobody" }) { department { id } } yes: createWorkflow(input: { name: "allowed", createdById: $worker }) { workflow { name } } }';
  const { data, errors } = await platform.ask(create, { worker: demoPrincipal.subject }, as('workflow:write'));
  expect({ data, errors }).toEqual({ data: { no: null, yes: { workflow: { name: 'allowed' } } }, errors: [forbidden('workforce:write', 'no')] });
  expect(await platform.data('{ departments(where: { name: { eq: "Nobody" } }) { totalCount } }')).toEqual({ departments: { totalCount: 0 } });
});

test('nothing is read of what is forbidden', async () => {
  platform.statements.clear();
  expect((await platform.ask('{ workflows { nodes { id } } apiKeys { nodes { id } } }', {}, as('gateways:write', 'chat:read'))).data).toEqual({ workflows: null, apiKeys: null });
  expect(platform.statements.texts).toEqual([]);
});

test('by its id a row is shown to whoever may ask for it by its own root field, and to no runtime', async () => {
  const { a, b } = await platform.data<Record<'a' | 'b', { nodes: { id: string }[] }>>('{ a: workflowRuns(first: 1) { nodes { id } } b: stepResults(first: 1) { nodes { id } } }');
  const [run, step] = [a.nodes[0]?.id, b.nodes[0]?.id];
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const answer = (principal: Principal) => platform.ask(query, { ids: [run, step] }, principal);
  const refused = { data: { nodes: [null, null] }, errors: [forbidden('workflow:read', 'nodes', 0), forbidden('workflow:read', 'nodes', 1)] };
  expect(await answer(as('workflow:read'))).toMatchObject({ data: { nodes: [{ id: run }, { id: step }] } });
  expect(await answer(as('agents:read'))).toMatchObject(refused);
  expect(await answer({ ...as('gateways:runtime'), kind: 'gateway', subject: 'gw_01h455vb4pex5vsknk084sn02q' })).toMatchObject(refused);
});
