import { createPrincipalSigner, demoPrincipal, generateKeyPair, newSecretKey, type PrincipalSigner } from '@forge/auth';
import type { Subgraph } from '@forge/subgraph-kit';
import { authenticator, createSubgraphServer } from '@forge/subgraph-server';
import { createTestDatabase, recordStatements, type TestDatabase } from '@forge/testing';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { startSubgraphs } from '../platform.ts';
import { readRootFields } from './access/root-fields.ts';
import { domains } from './access/scopes.ts';
import { userToken } from './access/user-token.ts';
import { secretKeys } from './test-platform.ts';

const statements = recordStatements();
const [gateway, another] = [await generateKeyPair(), await generateKeyPair()];
const databases: TestDatabase[] = [];
const servers = new Map<string, { readonly url: string; close(): Promise<unknown> }>();
let subgraphs: Subgraph[] = [];
let sign: PrincipalSigner;
let signElsewhere: PrincipalSigner;
beforeAll(async () => {
  for (const domain of domains) databases.push(await createTestDatabase(domain));
  const urls = new Map(domains.map((domain, i) => [domain, databases[i]?.url ?? '']));
  subgraphs = await startSubgraphs(urls, { logger: pino({ level: 'silent' }), onSql: statements.onSql, env: secretKeys, jobs: false });
  for (const subgraph of subgraphs) {
    const server = createSubgraphServer(subgraph, await authenticator(subgraph.name, gateway.publicKey), [randomBytes(32)]);
    servers.set(subgraph.name, { url: `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql`, close: () => server.close() });
  }
  [sign, signElsewhere] = [await createPrincipalSigner(gateway.privateKey), await createPrincipalSigner(another.privateKey)];
}, 120_000);
afterAll(async () => {
  for (const { close } of servers.values()) await close();
  for (const subgraph of subgraphs) await subgraph.close();
  for (const database of databases) await database.drop();
});

async function send(domain: string, query: string, token: string | undefined) {
  const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const response = await fetch(servers.get(domain)?.url ?? '', { method: 'POST', headers, body: JSON.stringify({ query }) });
  return { status: response.status, answer: (await response.json()) as { data?: object | null; errors?: { extensions: { code: string } }[] } };
}

const neighbour = (domain: string) => domains.find((other) => other !== domain) ?? '';
const strangers: readonly (readonly [string, (domain: string) => Promise<string | undefined>])[] = [
  ['no token', async () => undefined],
  ['an API key', async () => newSecretKey('forge_sk_')],
  ['the token of a gateway\'s runtime', async () => newSecretKey('forge_gt_')],
  ['the JWT of a user', async () => userToken(demoPrincipal)],
  ['the gateway\'s token for another subgraph', (domain) => sign(demoPrincipal, neighbour(domain))],
  ['the token of another gateway', (domain) => signElsewhere(demoPrincipal, domain)],
];

describe.each(domains)('asked directly, the %s subgraph', (domain) => {
  const fields = readRootFields(domain);

  test.each(strangers)('answers no field to whoever brings %s: 401, and no statement', async (_, tokenFor) => {
    const token = await tokenFor(domain);
    statements.clear();
    const answers = await Promise.all(fields.map(({ query }) => send(domain, query, token)));
    expect(answers.map(({ status, answer }, i) => [fields[i]?.name, status, answer])).toEqual(fields.map(({ name }) => [name, 401, { errors: [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })] }]));
    expect(statements.texts).toEqual([]);
  });

  test('understands the same when the gateway asks', async () => {
    expect(fields.length).toBeGreaterThan(10);
    const token = await sign({ ...demoPrincipal, scopes: ['admin', 'system'] }, domain);
    statements.clear();
    for (const { name, query } of fields) {
      const { status, answer: { data } } = await send(domain, query, token);
      expect([name, status, typeof data]).toEqual([name, 200, 'object']);
    }
    expect(statements.texts).not.toEqual([]);
  });
});
