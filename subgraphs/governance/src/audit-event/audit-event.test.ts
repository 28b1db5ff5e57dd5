import { createHash } from 'node:crypto';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createGovernanceSubgraph } from '../index.ts';
import { auditHash, beforeTheFirst, type AuditedRow } from './audit-hash.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';

let graph: TestSubgraph;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph);
  await write(1, beforeTheFirst, { zeta: [1, null, { b: 'ü', a: 1e21 }], alpha: true }).then((first) => write(2, first, {})).then((second) => write(3, second, { 'ключ': '\u2028' }));
});
afterAll(() => graph.close());

const idOf = (sequence: number) => `aud_01h455vb4pex5vsknk084sn02${sequence}`;

async function write(sequence: number, previousHash: string, detail: AuditedRow['detail'], changes: object = {}): Promise<string> {
  const row: AuditedRow = {
    id: idOf(sequence), orgId, category: 'SECURITY', eventType: 'ApiKey.refused', actorType: 'API_KEY', actorId: null, resourceType: 'Gateway', resourceId: 'gw_01h455vb4pex5vsknk084sn02q',
    runId: sequence === 2 ? 'run_01h455vb4pex5vsknk084sn02q' : null, detail, occurredAt: new Date(`2026-11-0${sequence}T10:00:00.500Z`), sequence: String(sequence), previousHash, ...changes,
  };
  const hash = auditHash(row);
  const columns = Object.entries({ ...row, detail: JSON.stringify(row.detail), hash });
  await runSql(graph.databaseUrl, `INSERT INTO "auditEvents" (${columns.map(([column]) => `"${column}"`).join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, columns.map(([, value]) => value));
  return hash;
}

interface Read extends Omit<AuditedRow, 'orgId' | 'occurredAt'> {
  readonly occurredAt: string;
  readonly hash: string;
}

async function readChain(): Promise<Read[]> {
  const fields = 'id category eventType actorType actorId resourceType resourceId runId detail occurredAt sequence previousHash hash';
  return (await graph.data(`{ auditEvents(orderBy: [{ field: SEQUENCE }]) { nodes { ${fields} } } }`)).auditEvents.nodes;
}

const hashesTo = ({ occurredAt, hash, ...row }: Read) => auditHash({ ...row, orgId, occurredAt: new Date(occurredAt) }) === hash;

test('the hash is that of the form that is written down', () => {
  const row = {
    id: 'aud_01h455vb4pex5vsknk084sn02q', orgId: 'org_1', category: 'SECURITY', eventType: 'ApiKey.refused', actorType: 'API_KEY', actorId: null, resourceType: 'Gateway', resourceId: 'gw_1',
    runId: null, detail: { b: [1, { d: 'é', c: null }], a: 0.5 }, occurredAt: new Date('2026-11-23T10:00:00Z'), sequence: '1', previousHash: beforeTheFirst,
  };
  const form = '{"actorId":null,"actorType":"API_KEY","category":"SECURITY","detail":{"a":0.5,"b":[1,{"c":null,"d":"é"}]},"eventType":"ApiKey.refused","id":"aud_01h455vb4pex5vsknk084sn02q",'
    + `"occurredAt":"2026-11-23T10:00:00.000Z","orgId":"org_1","previousHash":"${beforeTheFirst}","resourceId":"gw_1","resourceType":"Gateway","runId":null,"sequence":"1"}`;
  expect(auditHash(row)).toBe(createHash('sha256').update(form).digest('hex'));
  // The demo data are tested on the same row.
  expect(auditHash(row)).toBe('be3fca75e83f688695c9d0e7d93c456aee2004e960dbdc678c6ed35e6529e7c2');
});

test('a chain that comes back from the database and the graph verifies, link by link', async () => {
  const chain = await readChain();
  expect(chain.map(({ sequence }) => sequence)).toEqual(['1', '2', '3']);
  expect(chain.map(hashesTo)).toEqual([true, true, true]);
  expect(chain.map(({ previousHash }) => previousHash)).toEqual([beforeTheFirst, chain[0]?.hash, chain[1]?.hash]);
});

test.each<[string, Partial<Read>]>([
  ['another actor', { actorType: 'SYSTEM' }], ['another detail', { detail: { zeta: [] } }], ['another time', { occurredAt: '2026-11-01T10:00:00.501Z' }], ['another run', { runId: 'run_x' }], ['another place', { sequence: '2' }],
])('a row that was given %s does not verify', async (_, change) => {
  const [first] = await readChain();
  expect(hashesTo({ ...(first as Read), ...change })).toBe(false);
});

test('the database refuses to change, delete or empty what is on record', async () => {
  const run = (sql: string) => runSql(graph.databaseUrl, sql);
  await expect(run(`UPDATE "auditEvents" SET "eventType" = 'nothing'`)).rejects.toThrow('a row never changes once it is written');
  await expect(run(`DELETE FROM "auditEvents"`)).rejects.toThrow('only retention removes a row');
  await expect(run(`SET forge.retention = 'off'; DELETE FROM "auditEvents"`)).rejects.toThrow('only retention removes a row');
  await expect(run(`SET forge.retention = 'on'; UPDATE "auditEvents" SET "eventType" = 'nothing'`)).rejects.toThrow('a row never changes once it is written');
  await expect(run(`TRUNCATE "auditEvents"`)).rejects.toThrow('a row never changes once it is written');
  expect(await readChain()).toHaveLength(3);
});

test.each([
  ['a place that is taken', 3, '1'.repeat(64), {}, 'auditEvents_orgId_sequence_key'],
  ['a second beginning', 4, beforeTheFirst, {}, 'auditEvents_sequence_from_one'],
  ['a hash that is none', 4, 'abc', {}, 'auditEvents_hashes_are_hex'],
  ['a worker that nobody knows', 4, '1'.repeat(64), { actorType: 'WORKER' }, 'auditEvents_actor_is_known'],
])('%s is refused', async (_, sequence, previousHash, changes, constraint) => {
  await expect(write(sequence, previousHash, {}, { id: idOf(9), ...changes })).rejects.toThrow(constraint);
});

test('another organisation sees nothing of it', async () => {
  expect(await graph.data('query ($id: ID!) { auditEvent(id: $id) { id } auditEvents { totalCount } }', { id: idOf(1) }, anotherOrganisation)).toEqual({ auditEvent: null, auditEvents: { totalCount: 0 } });
});

test('retention, which says who it is, removes a row', async () => {
  await runSql(graph.databaseUrl, `SET forge.retention = 'on'; DELETE FROM "auditEvents" WHERE "sequence" = 1`);
  expect((await readChain()).map(({ sequence }) => sequence)).toEqual(['2', '3']);
});
