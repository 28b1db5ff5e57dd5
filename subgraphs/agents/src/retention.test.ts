import { PrismaClient, prismaAdapter } from '@forge/prisma-agents';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { retention } from './retention.ts';

const now = new Date('2027-01-01T03:30:00.000Z');
const orgId = 'org_01jd0000000000000000000001';
const [revisions] = retention as readonly [(typeof retention)[number]];

let database: TestDatabase;
let prisma: PrismaClient;
beforeEach(async () => {
  database = await createTestDatabase('agents');
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: database.url }) });
});
afterEach(async () => {
  await prisma.$disconnect();
  await database.drop();
});

/** A definition whose revisions, from 1 on, are so many days old. */
async function aDefinition(daysOld: readonly number[], of = orgId): Promise<string> {
  const id = newId('AgentDefinition');
  await runSql(database.url, `INSERT INTO "agentDefinitions" ("orgId", "id", "agentId", "name", "tier", "constraints") VALUES ($1, $2, $3, 'Clerk', 'PERSONAL', '{}')`, [of, id, id.replace('_', '-')]);
  await runSql(database.url, `INSERT INTO "agentConfigRevisions" ("orgId", "id", "definitionId", "revision", "patch", "snapshot", "createdAt")
    SELECT $1, 'acr of ' || $2 || ' ' || n, $2, n, '[]', '{}', $4::timestamptz - days * interval '1 day' FROM unnest($3::float[]) WITH ORDINALITY AS age(days, n)`, [of, id, daysOld, now]);
  return id;
}

const left = async (definitionId: string) =>
  (await runSql<{ revision: number }>(database.url, 'SELECT "revision" FROM "agentConfigRevisions" WHERE "definitionId" = $1 ORDER BY 1', [definitionId])).map(({ revision }) => revision);
const younger = (count: number, days = 1) => Array<number>(count).fill(days);
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('revisions go past the newest 50 of their definition, or after 90 days, and the newest stays in any case', async () => {
  const many = await aDefinition(younger(53));
  const old = await aDefinition([200, 90.001, 90, 89.999, 0]);
  const forgotten = await aDefinition([900, 800]);
  const both = await aDefinition([...younger(20, 100), ...younger(45)]);
  const theirs = await aDefinition([...younger(2, 91), 0], anotherOrganisation.orgId);
  const removed = [{ orgId, rows: 3 + 2 + 1 + 20 }, { orgId: anotherOrganisation.orgId, rows: 2 }];
  expect(await revisions.count(prisma, now)).toEqual(removed);
  expect(await revisions.remove(prisma, now)).toEqual(removed);
  expect(await Promise.all([many, old, forgotten, both, theirs].map(left))).toEqual([upTo(4, 53), [3, 4, 5], [2], upTo(21, 65), [3]]);
  expect(await revisions.count(prisma, now)).toEqual([]);
  expect(await revisions.remove(prisma, now)).toEqual([]);
});

/** The client of a process that is killed after so many statements, with what each of them has answered. */
function killedAfter(statements: number): { client: PrismaClient; answers: unknown[] } {
  const answers: unknown[] = [];
  const client = {
    $queryRaw: async (...args: Parameters<PrismaClient['$queryRaw']>) => {
      if (answers.length === statements) throw new Error('killed');
      const answer = await prisma.$queryRaw(...args);
      answers.push(answer);
      return answer;
    },
  };
  return { client: client as unknown as PrismaClient, answers };
}

test('25,000 go in three batches; who is killed after the first has removed that, and whoever comes next removes the rest', async () => {
  const definitionId = await aDefinition(younger(25_050));
  const { client, answers } = killedAfter(1);
  await expect(revisions.remove(client, now)).rejects.toThrow('killed');
  expect(answers).toEqual([[{ orgId, rows: 10_000 }]]);
  const next = killedAfter(10);
  expect(await revisions.remove(next.client, now)).toEqual([{ orgId, rows: 15_000 }]);
  expect(next.answers).toEqual([[{ orgId, rows: 10_000 }], [{ orgId, rows: 5_000 }], [], []]);
  expect(await left(definitionId)).toEqual(upTo(25_001, 25_050));
});

test('of several at once each row is removed by one', async () => {
  const definitionId = await aDefinition(younger(12_050));
  const answers = await Promise.all(Array.from({ length: 4 }, () => revisions.remove(prisma, now)));
  expect(answers.flat().reduce((sum, { rows }) => sum + rows, 0)).toBe(12_000);
  expect(await left(definitionId)).toEqual(upTo(12_001, 12_050));
});

test('an index begins with the time by which they go', async () => {
  const [index] = await runSql<{ indexdef: string }>(database.url, `SELECT "indexdef" FROM pg_indexes WHERE "indexname" = 'agentConfigRevisions_createdAt_idx'`);
  expect(index?.indexdef).toContain('("createdAt")');
});
