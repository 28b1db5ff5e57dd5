import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createGovernanceSubgraph } from './index.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';
const parentTypes = ['Agent', 'Gateway', 'Worker', 'WorkflowRun'] as const;

/** One of each parent in other domains. */
const someParents = () => Object.fromEntries(parentTypes.map((type) => [type, newId(type)])) as Record<(typeof parentTypes)[number], string>;
const parents = [someParents(), someParents(), someParents()] as const;

const makeRole = 'mutation ($name: String!) { createWorkerRole(input: { name: $name, autonomyTier: ADVISORY }) { workerRole { id } } }';

/** One row in each table, which refers to `its` parents; a grant to the worker, and one by it. Answers the ids by type. */
async function insertRows(number: number, its: typeof parents[0]): Promise<Record<string, string>> {
  const [given, received, AuditEvent, PlatformEvent] = [newId('AuthorityGrant'), newId('AuthorityGrant'), newId('AuditEvent'), newId('PlatformEvent')];
  const roleId = (await graph.data(makeRole, { name: `role ${number}` })).createWorkerRole.workerRole.id;
  for (const [id, granteeId, grantedById] of [[received, its.Worker, newId('Worker')], [given, newId('Worker'), its.Worker]]) {
    await runSql(graph.databaseUrl, `INSERT INTO "authorityGrants" ("orgId", "id", "granteeId", "grantedById", "roleId", "scopes", "startsAt") VALUES ($1, $2, $3, $4, $5, '{workflow:read}', now())`, [orgId, id, granteeId, grantedById, roleId]);
  }
  await runSql(graph.databaseUrl, `INSERT INTO "auditEvents" ("orgId", "id", "category", "eventType", "actorType", "resourceType", "resourceId", "runId", "detail", "occurredAt", "sequence", "previousHash", "hash")
    VALUES ($1, $2, 'EXECUTION', 'WorkflowRun.started', 'SYSTEM', 'WorkflowRun', $3, $3, '{}', now(), $4, $5, $6)`,
  [orgId, AuditEvent, its.WorkflowRun, number, String(number - 1).padStart(64, '0'), String(number).padStart(64, '0')]);
  await runSql(graph.databaseUrl, `INSERT INTO "platformEvents" ("orgId", "id", "type", "source", "severity", "payload", "runId", "agentId", "gatewayId", "occurredAt") VALUES ($1, $2, 'run.failed', 'workflow', 'ERROR', '{}', $3, $4, $5, now())`, [orgId, PlatformEvent, its.WorkflowRun, its.Agent, its.Gateway]);
  return { given, received, AuditEvent, PlatformEvent, roleId };
}

let graph: TestSubgraph;
let rows: readonly Record<string, string>[];
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph);
  rows = [await insertRows(1, parents[0]), await insertRows(2, parents[1])];
});
afterAll(() => graph.close());

/** The ids that each of the parents has in a list. */
async function listed(type: keyof typeof parents[0], field: string, principal?: typeof anotherOrganisation): Promise<string[][]> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${field} { nodes { id } } } } }`;
  const { _entities: entities } = await graph.data(query, { representations: parents.map((its) => ({ __typename: type, id: its[type] })) }, principal);
  return entities.map((entity: Record<string, { nodes: { id: string }[] }>) => entity[field]?.nodes.map(({ id }) => id));
}

test.each([
  ['Worker', 'authorityGrants', 'received'], ['Worker', 'grantsGiven', 'given'],
  ['WorkflowRun', 'auditEvents', 'AuditEvent'], ['WorkflowRun', 'platformEvents', 'PlatformEvent'],
  ['Agent', 'platformEvents', 'PlatformEvent'], ['Gateway', 'platformEvents', 'PlatformEvent'],
] as const)('%s.%s of three parents is one statement, each has its own rows, and another organisation has none', async (type, field, of) => {
  graph.statements.clear();
  expect(await listed(type, field)).toEqual([[rows[0]?.[of]], [rows[1]?.[of]], []]);
  expect(graph.statements.texts).toHaveLength(1);
  expect(await listed(type, field, anotherOrganisation)).toEqual([[], [], []]);
});

test('a grant leads to its role, and to workers by their ids alone', async () => {
  const query = 'query ($id: ID!) { authorityGrant(id: $id) { scopes role { id authorityGrants { totalCount } } grantee { __typename id } grantedBy { __typename } } }';
  expect(await graph.data(query, { id: rows[0]?.['received'] })).toEqual({
    authorityGrant: { scopes: ['workflow:read'], role: { id: rows[0]?.['roleId'], authorityGrants: { totalCount: 2 } }, grantee: { __typename: 'Worker', id: parents[0].Worker }, grantedBy: { __typename: 'Worker' } },
  });
  expect(await graph.data('query ($id: ID!) { authorityGrant(id: $id) { id } }', { id: rows[0]?.['received'] }, anotherOrganisation)).toEqual({ authorityGrant: null });
});

test.each([
  ['to oneself', `'wrk_1', 'wrk_1', now(), NULL`, 'authorityGrants_to_another'], ['that ends before it begins', `'wrk_1', 'wrk_2', now(), now() - interval '1 day'`, 'authorityGrants_expires_after_start'],
])('a grant %s is refused', async (_, values, constraint) => {
  const insert = `INSERT INTO "authorityGrants" ("orgId", "id", "roleId", "granteeId", "grantedById", "startsAt", "expiresAt") VALUES ($1, 'agr_1', $2, ${values})`;
  await expect(runSql(graph.databaseUrl, insert, [orgId, rows[0]?.['roleId']])).rejects.toThrow(constraint);
});

test('a platform event leads to its run, agent and gateway by their ids alone, and never changes', async () => {
  const query = 'query ($id: ID!) { platformEvent(id: $id) { severity displayLabel run { id } agent { id } gateway { id } } }';
  expect(await graph.data(query, { id: rows[1]?.['PlatformEvent'] })).toEqual({
    platformEvent: { severity: 'ERROR', displayLabel: null, run: { id: parents[1].WorkflowRun }, agent: { id: parents[1].Agent }, gateway: { id: parents[1].Gateway } },
  });
  await expect(runSql(graph.databaseUrl, `UPDATE "platformEvents" SET "severity" = 'DEBUG'`)).rejects.toThrow('a row never changes once it is written');
  expect(await graph.data('{ platformEvents { totalCount } authorityGrants { totalCount } }', {}, anotherOrganisation)).toEqual({ platformEvents: { totalCount: 0 }, authorityGrants: { totalCount: 0 } });
});
