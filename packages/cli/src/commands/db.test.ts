import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dbCommand } from './db.ts';

const { jest } = import.meta;
let projectDir: string;
let said: string[];
beforeEach(() => {
  projectDir = mkdtempSync(join(tmpdir(), 'forge-db-test-'));
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => said.push(line));
  for (const domain of ['agents', 'workflow']) write(domain, 'schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\nmodel Thing {\n  id String @id\n}\n');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(projectDir, { recursive: true });
});

function write(domain: string, file: string, text: string): void {
  const path = join(projectDir, 'prisma', domain, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

async function db(...args: string[]): Promise<void> {
  await dbCommand({ env: {}, projectDir }).parseAsync(args, { from: 'user' });
}

test('diff says which migration it wrote, or that nothing has changed', async () => {
  await db('diff', 'workflow', 'first_tables');
  await db('diff', 'workflow', 'again');
  expect(said).toEqual([expect.stringMatching(/^prisma\/workflow\/migrations\/\d{14}_first_tables\/migration\.sql$/), 'workflow: nothing has changed since its newest migration']);
  expect(readFileSync(join(projectDir, said[0] ?? ''), 'utf8')).toContain('CREATE TABLE "Thing"');
});

test('an unknown domain is told the domains there are', async () => {
  await expect(db('diff', 'wrkflow', 'x')).rejects.toMatchObject({ name: 'OperatorError', message: 'There is no domain "wrkflow"; the domains are agents, workflow' });
});

test('check tells the faults of all domains, those of a migration that cannot be applied among them', async () => {
  for (const domain of ['agents', 'workflow']) await db('diff', domain, 'first_tables');
  await db('check');
  write('agents', 'models/More.prisma', 'model More {\n  id String @id\n}\n');
  write('workflow', 'migrations/29990101000000_wrong/migration.sql', 'ALTER TABLE nothing ADD COLUMN x int;');
  await expect(db('check')).rejects.toMatchObject({
    name: 'OperatorError',
    message: expect.stringMatching(/^agents: the schema files have changed since the newest migration.*\nworkflow: a migration failed and was rolled back\.\n.*29990101000000_wrong\/migration\.sql:1\n/),
  });
});
