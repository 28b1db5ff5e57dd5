import { startFixture, type Fixture } from '../fixture/start.ts';

let fixture: Fixture;
afterEach(() => fixture.close());

const describe = (headers: Record<string, string> = {}) => fetch(`${fixture.url}/admin/supergraph`, { headers }).then(({ status }) => status);

test('without an organisation that runs the gateway nobody may replace its supergraph', async () => {
  fixture = await startFixture('in-process');
  expect(await describe()).toBe(404);
  expect((await fetch(`${fixture.url}/admin/supergraph`, { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: 'type Query { a: Int }' })).status).toBe(404);
});

test('with one its administrators may, and those of others, and its others, may not', async () => {
  fixture = await startFixture('in-process', { adminOrgId: 'org_a' });
  expect([await describe(), await describe({ authorization: 'Org org_b' }), await describe({ 'x-scopes': 'workflow:read' }), await describe({ authorization: 'stolen' })]).toEqual([200, 403, 403, 401]);
});
