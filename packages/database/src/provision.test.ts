import { runSql, testServerUrl } from '@forge/testing';
import { randomBytes } from 'node:crypto';
import { domainUrl, provisionDomain } from './provision.ts';
import { urlOf } from './urls.ts';

const adminUrl = testServerUrl();
const home = '/nowhere, for the administrator has a password';
const domains: string[] = [];

afterEach(async () => {
  for (const domain of domains.splice(0)) {
    await runSql(adminUrl, `DROP DATABASE IF EXISTS forge_${domain} WITH (FORCE)`);
    await runSql(adminUrl, `DROP ROLE IF EXISTS forge_${domain}`);
  }
});

function aDomain(): string {
  const domain = `test_${randomBytes(6).toString('hex')}`;
  domains.push(domain);
  return domain;
}

test('a domain gets a database of its own, in which its role may do everything and elsewhere nothing', async () => {
  const [mine, theirs] = [aDomain(), aDomain()];
  for (const domain of [mine, theirs]) await provisionDomain(adminUrl, domain, home);
  const url = domainUrl(adminUrl, mine, home);
  await runSql(url, 'CREATE TABLE things (id int); CREATE SCHEMA more; CREATE EXTENSION pg_trgm');
  expect(await runSql(url, 'SELECT current_user AS role, current_database() AS database')).toEqual([{ role: `forge_${mine}`, database: `forge_${mine}` }]);
  await expect(runSql(urlOf(url, `forge_${theirs}`), 'SELECT 1')).rejects.toThrow('permission denied for database');
  await expect(runSql(url, 'CREATE ROLE another')).rejects.toThrow('permission denied to create role');
});

test('to provision again changes nothing, also by several at once', async () => {
  const domain = aDomain();
  await Promise.all([1, 2, 3].map(() => provisionDomain(adminUrl, domain, home)));
  const url = domainUrl(adminUrl, domain, home);
  await runSql(url, 'CREATE TABLE kept AS SELECT 1 AS n');
  await provisionDomain(adminUrl, domain, home);
  expect(await runSql(url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
});

describe('an administrator who is not superuser', () => {
  const name = `admin_${randomBytes(6).toString('hex')}`;
  const url = urlOf(adminUrl, 'postgres', { name, password: 'pw' });
  beforeAll(() => runSql(adminUrl, `CREATE ROLE ${name} LOGIN PASSWORD 'pw'`));
  afterAll(() => runSql(adminUrl, `DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`));

  test('can provision with CREATEDB and CREATEROLE, again and again', async () => {
    await runSql(adminUrl, `ALTER ROLE ${name} CREATEDB CREATEROLE`);
    const domain = aDomain();
    for (let i = 0; i < 2; i++) await provisionDomain(url, domain, home);
    expect(await runSql(domainUrl(url, domain, home), 'SELECT current_user AS role')).toEqual([{ role: `forge_${domain}` }]);
  });

  test('is told what is missing without them', async () => {
    await runSql(adminUrl, `ALTER ROLE ${name} NOCREATEDB NOCREATEROLE`);
    const domain = aDomain();
    await expect(provisionDomain(url, domain, home)).rejects.toMatchObject({
      name: 'OperatorError',
      message: `${url.replace(':pw@', '@')} may not make the database and the role forge_${domain}: permission denied to create role. Its user needs CREATEDB and CREATEROLE.`,
    });
  });
});

test.each(['my-domain', 'Workflow', '2nd', 'a"; DROP TABLE x', 'x'.repeat(58)])('%s is no name for a domain with a database', async (domain) => {
  await expect(provisionDomain(adminUrl, domain, home)).rejects.toThrow(`"${domain}" cannot name a database`);
});
