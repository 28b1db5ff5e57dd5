import { generateKeyPair } from '@forge/auth';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSubgraphConfig } from './subgraph-config.ts';

const projectDir = mkdtempSync(join(tmpdir(), 'forge-config-'));
let [publicKey, privateKey] = ['', ''];
beforeAll(async () => {
  mkdirSync(join(projectDir, 'gateway'));
  writeFileSync(join(projectDir, 'gateway/supergraph.yaml'), `subgraphs:
  chat:
    routing_url: http://localhost:4017/graphql
  workflow:
    routing_url: http://localhost:4011/graphql
`);
  ({ publicKey, privateKey } = await generateKeyPair());
});
afterAll(() => rmSync(projectDir, { recursive: true }));

const secret = randomBytes(32);
const sound = { FORGE_EVENT_SECRETS: secret.toString('base64') };

const faultOf = (env: Record<string, string>, domain = 'chat') => {
  try {
    readSubgraphConfig(domain, { ...sound, ...env }, projectDir);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

test('in development it listens where the supergraph says, and trusts this machine', () => {
  expect(readSubgraphConfig('chat', sound, projectDir)).toMatchObject({ host: '127.0.0.1', port: 4017, gatewayKey: undefined, jobs: true, migrations: true, eventSecrets: [secret] });
  expect(readSubgraphConfig('chat', { ...sound, FORGE_JOBS: 'off', FORGE_MIGRATIONS: 'off' }, projectDir)).toMatchObject({ jobs: false, migrations: false });
});

test('how it is seen from outside is said by the same variables as for the gateway', () => {
  expect(readSubgraphConfig('chat', sound, projectDir).telemetry).toEqual({});
  expect(readSubgraphConfig('chat', { ...sound, FORGE_LOG_LEVEL: 'warn', FORGE_METRICS_PORT: '9465' }, projectDir).telemetry).toEqual({ logLevel: 'warn', metrics: { port: 9465 } });
  expect(faultOf({ FORGE_METRICS_PORT: 'none' })).toContain('FORGE_METRICS_PORT: must be a number');
});

test('with the key of the gateway it may listen anywhere', () => {
  const env = { ...sound, NODE_ENV: 'production', FORGE_GATEWAY_PUBLIC_KEY: publicKey, HOST: '0.0.0.0', PORT: '80' };
  expect(readSubgraphConfig('chat', env, projectDir)).toMatchObject({ host: '0.0.0.0', port: 80, gatewayKey: publicKey });
});

test('it may know two keys of the gateway, while one is replaced, but no private one', async () => {
  const both = publicKey + (await generateKeyPair()).publicKey;
  expect(readSubgraphConfig('chat', { ...sound, FORGE_GATEWAY_PUBLIC_KEY: both }, projectDir).gatewayKey).toBe(both);
  for (const key of [privateKey, publicKey + privateKey]) expect(faultOf({ FORGE_GATEWAY_PUBLIC_KEY: key })).toContain('FORGE_GATEWAY_PUBLIC_KEY: must be an Ed25519 public key');
});

test('other subgraphs take events where the supergraph says, or where they are said to be', () => {
  expect(readSubgraphConfig('chat', sound, projectDir).eventUrlOf('workflow')).toBe('http://localhost:4011/events');
  const { eventUrlOf } = readSubgraphConfig('chat', { ...sound, SUBGRAPH_URL_WORKFLOW: 'https://workflow.internal/graphql' }, projectDir);
  expect(eventUrlOf('workflow')).toBe('https://workflow.internal/events');
  expect(() => eventUrlOf('budget')).toThrow('gateway/supergraph.yaml does not know it');
});

test('several event secrets hold while one is replaced; the first signs', () => {
  const next = randomBytes(48);
  const env = { FORGE_EVENT_SECRETS: `${next.toString('base64url')}, ${secret.toString('base64')}` };
  expect(readSubgraphConfig('chat', env, projectDir).eventSecrets).toEqual([next, secret]);
});

test.each([
  [{ NODE_ENV: 'production' }, 'FORGE_GATEWAY_PUBLIC_KEY: is not set; with NODE_ENV=production'],
  [{ NODE_ENV: 'production', FORGE_AUTH: 'dev' }, 'FORGE_GATEWAY_PUBLIC_KEY: is not set; with NODE_ENV=production'],
  [{ FORGE_AUTH: 'jwt' }, 'FORGE_GATEWAY_PUBLIC_KEY: is not set; only FORGE_AUTH=dev does without'],
  [{ HOST: '0.0.0.0' }, 'HOST: must be of the loopback interface'],
  [{ FORGE_GATEWAY_PUBLIC_KEY: 'rubbish' }, 'FORGE_GATEWAY_PUBLIC_KEY: must be an Ed25519 public key as PEM'],
  [{ PORT: '70000' }, 'PORT: '],
  [{ FORGE_JOBS: 'yes' }, 'FORGE_JOBS: must be on or off'],
  [{ FORGE_MIGRATIONS: 'no' }, 'FORGE_MIGRATIONS: must be on or off'],
  [{ FORGE_EVENT_SECRETS: '' }, 'FORGE_EVENT_SECRETS: is not set; it holds the secrets'],
  [{ FORGE_EVENT_SECRETS: randomBytes(31).toString('base64') }, 'FORGE_EVENT_SECRETS: needs at least 32 bytes in base64 for each secret'],
  [{ FORGE_EVENT_SECRETS: `${secret.toString('base64')},short` }, 'FORGE_EVENT_SECRETS: needs at least 32 bytes in base64 for each secret'],
  [{ FORGE_EVENT_SECRETS: 'not base64! '.repeat(9) }, 'FORGE_EVENT_SECRETS: needs at least 32 bytes in base64 for each secret'],
  [{ SUBGRAPH_URL_WORKFLOW: 'workflow' }, 'SUBGRAPH_URL_WORKFLOW: must be a URL'],
])('%j is refused', (env, fault) => {
  expect(faultOf(env)).toContain(fault);
});

test('a subgraph that the supergraph does not know needs a port', () => {
  expect(faultOf({}, 'budget')).toContain('PORT: is not set, and gateway/supergraph.yaml names no port for this subgraph');
});

test('all faults are told at once, those of the database too', () => {
  const message = faultOf({ NODE_ENV: 'production', PORT: 'http', DATABASE_URL: 'mysql://db', DATABASE_URL_CHAT: 'nonsense', FORGE_EVENT_SECRETS: 'short' });
  expect(message).toContain('The configuration has 5 faults');
  for (const variable of ['FORGE_EVENT_SECRETS', 'FORGE_GATEWAY_PUBLIC_KEY', 'PORT', 'DATABASE_URL', 'DATABASE_URL_CHAT']) expect(message).toContain(`  ${variable}: `);
});
