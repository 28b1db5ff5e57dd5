import { createTestDatabase, runSql } from '@forge/testing';
test('plan', async () => {
  const database = await createTestDatabase('agents');
  const run = (s: string) => runSql(database.url, s);
  await run(`INSERT INTO "agentDefinitions" ("orgId", "id", "agentId", "name", "tier", "constraints") SELECT 'o', 'd'||n, 'd'||n, 'x', 'PERSONAL', '{}' FROM generate_series(1,4000) n`);
  await run(`INSERT INTO "agentConfigRevisions" ("orgId", "id", "definitionId", "revision", "patch", "snapshot", "createdAt") SELECT 'o', 'r'||d||'-'||n, 'd'||d, n, '[]', '{"a":"${'x'.repeat(300)}"}', now() - (50-n) * interval '1.83 day' FROM generate_series(1,4000) d, generate_series(1,50) n`);
  await run('ANALYZE');
  const q = (c: string) => `EXPLAIN ANALYZE SELECT old.ctid FROM "agentConfigRevisions" AS old
    JOIN (SELECT "orgId", "definitionId", max("revision") AS newest FROM "agentConfigRevisions" GROUP BY 1, 2) AS last USING ("orgId", "definitionId")
    WHERE ${c} ORDER BY "createdAt" LIMIT 10000 FOR UPDATE OF old SKIP LOCKED`;
  console.log((await run(q(`"revision" <= newest - 50 OR ("createdAt" < now() - interval '90 day' AND "revision" < newest)`))).map((r) => Object.values(r)[0]).join('\n'));
  await run(`INSERT INTO "agentRegistry" ("orgId","id","gatewayId","agentId","name","status") SELECT 'o','a'||n,'g','a'||n,'x', CASE WHEN n <= 300 THEN 'ACTIVE' ELSE 'TERMINATED' END::"AgentStatus" FROM generate_series(1,100000) n`);
  await run('ANALYZE');
  console.log((await run(`EXPLAIN ANALYZE SELECT "id", "agentId", "metadata" FROM "agentRegistry" WHERE "orgId" = 'o' AND "gatewayId" = 'g' AND ("status" <> 'TERMINATED' OR "agentId" = ANY(ARRAY(SELECT 'a'||n FROM generate_series(1,300) n))) ORDER BY "agentId" FOR NO KEY UPDATE`)).map((r) => Object.values(r)[0]).join('\n'));
  await database.drop();
});
