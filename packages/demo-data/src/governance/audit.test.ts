import { createTestDatabase } from '@forge/testing';
import pg from 'pg';
import { organisations } from '../cast.ts';
import { copyRows } from '../copy.ts';
import { hashOf, type Audited } from './audit-hash.ts';
import { makeGovernance } from './governance.ts';
import { tellStory } from '../story.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const beforeTheFirst = '0'.repeat(64);

test('the hash is that of the governance domain, which is tested on the same row', () => {
  const row = {
    id: 'aud_01h455vb4pex5vsknk084sn02q', orgId: 'org_1', category: 'SECURITY', eventType: 'ApiKey.refused', actorType: 'API_KEY', actorId: null, resourceType: 'Gateway', resourceId: 'gw_1',
    runId: null, detail: { b: [1, { d: 'é', c: null }], a: 0.5 }, occurredAt: new Date('2026-11-23T10:00:00Z'), sequence: '1', previousHash: beforeTheFirst,
  };
  expect(hashOf(row)).toBe('be3fca75e83f688695c9d0e7d93c456aee2004e960dbdc678c6ed35e6529e7c2');
});

test('the audit trail is one chain in each organisation, as it comes back from the database', async () => {
  const database = await createTestDatabase('governance');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const organisation of organisations) {
    const tables = makeGovernance(tellStory(now, organisation, 20));
    for (const [table, rows] of Object.entries(tables)) await copyRows(client, table, rows);
    const { rows } = await client.query<Audited & { hash: string }>('SELECT * FROM "auditEvents" WHERE "orgId" = $1 ORDER BY "sequence"', [organisation.orgId]);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.map(hashOf)).toEqual(rows.map(({ hash }) => hash));
    expect(rows.map(({ sequence, previousHash }) => [sequence, previousHash])).toEqual(rows.map((_, i) => [String(i + 1), rows[i - 1]?.hash ?? beforeTheFirst]));
  }
  await client.end();
  await database.drop();
});
