import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createGovernanceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph)));
afterEach(() => runSql(graph.databaseUrl, 'DELETE FROM "orgTierGrants"'));
afterAll(() => graph.close());

const fields = 'orgTierGrant { id tier permissions limits validFrom validTo updatedAt } userErrors { code message path }';
const create = `mutation ($input: CreateOrgTierGrantInput!) { createOrgTierGrant(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateOrgTierGrantInput!) { updateOrgTierGrant(input: $input) { ${fields} } }`;
const [spring, summer, autumn] = ['2026-03-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z'];

const creating = async (validFrom: string | undefined, validTo: string | null | undefined, input: object = {}, principal?: typeof anotherOrganisation) =>
  (await graph.data(create, { input: { tier: 'TEAM', limits: { maxRunsPerDay: 200 }, validFrom, validTo, ...input } }, principal)).createOrgTierGrant;
const updating = async (input: object) => (await graph.data(update, { input })).updateOrgTierGrant;
const overlaps = { code: 'CONFLICT', path: ['input', 'validFrom'], message: 'validFrom: the organisation has another tier at this time; end that one first, at the latest when this one begins' };

test('a tier may begin in the moment another one ends, but not before', async () => {
  expect((await creating(spring, summer)).orgTierGrant).toMatchObject({ tier: 'TEAM', permissions: [], limits: { maxRunsPerDay: 200 }, validTo: summer });
  expect((await creating('2026-05-31T23:59:59.999Z', autumn)).userErrors).toEqual([overlaps]);
  expect((await creating(summer, null)).userErrors).toEqual([]);
  expect((await creating(autumn, null)).userErrors).toEqual([overlaps]);
  expect((await creating(autumn, null, {}, anotherOrganisation)).userErrors).toEqual([]);
});

test('of ten tiers at once for one period there is one', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => creating(spring, null)));
  expect(made.filter(({ orgTierGrant }) => orgTierGrant)).toHaveLength(1);
});

test('a tier does not grow into the next one, and ends after it began', async () => {
  const { id } = (await creating(spring, summer)).orgTierGrant;
  await creating(summer, null);
  expect((await updating({ id, validTo: null })).userErrors).toEqual([overlaps]);
  const backwards = [{ code: 'INVALID', path: ['input', 'validTo'], message: 'validTo: must be later than validFrom' }];
  expect((await updating({ id, validTo: spring })).userErrors).toEqual(backwards);
  expect((await creating(spring, spring)).userErrors).toEqual(backwards);
  expect((await updating({ id, validTo: '2026-05-01T00:00:00.000Z' })).orgTierGrant).toMatchObject({ validFrom: spring, validTo: '2026-05-01T00:00:00.000Z' });
});

test('every fault comes at once, those of the limits with their names', async () => {
  const { userErrors } = await creating(summer, spring, { permissions: ['x', 'x'], limits: { maxRunsPerDay: -1, maxAgents: 'many', agents: 3, maxGateways: 1.5 } });
  expect(userErrors.map(({ path, message }: { path: string[]; message: string }) => `${path.slice(1).join('/')} ${message}`)).toEqual([
    'limits/maxRunsPerDay limits.maxRunsPerDay: must be a whole number from 0 to 1,000,000,000', 'limits/maxAgents limits.maxAgents: must be a whole number from 0 to 1,000,000,000',
    'limits/agents limits.agents: must be named like maxRunsPerDay', 'limits/maxGateways limits.maxGateways: must be a whole number from 0 to 1,000,000,000',
    'permissions/1 permissions.1: is in the list already', 'validTo validTo: must be later than validFrom',
  ]);
  expect((await creating(spring, null, { limits: [] })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'limits'], message: 'limits: must be a JSON object' }]);
});

test('a change that has not seen the last one is refused, and another organisation finds nothing', async () => {
  const { id, updatedAt } = (await creating(spring, null)).orgTierGrant;
  await updating({ id, tier: 'BUSINESS' });
  expect((await updating({ id, expectedVersion: updatedAt, tier: 'ENTERPRISE' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  const remove = 'mutation ($id: ID!) { deleteOrgTierGrant(input: { id: $id }) { deletedId userErrors { code } } }';
  expect(await graph.data('{ orgTierGrants { totalCount } }', {}, anotherOrganisation)).toEqual({ orgTierGrants: { totalCount: 0 } });
  expect((await graph.data(remove, { id }, anotherOrganisation)).deleteOrgTierGrant).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  expect((await graph.data(remove, { id })).deleteOrgTierGrant).toEqual({ deletedId: id, userErrors: [] });
});
