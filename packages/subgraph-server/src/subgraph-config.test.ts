import { generateKeyPair } from '@forge/auth';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSubgraphConfig } from './subgraph-config.ts';

const projectDir = mkdtempSync(join(tmpdir(), 'forge-config-'));
let publicKey: string;
beforeAll(async () => {
  mkdirSync(join(projectDir, 'gateway'));
  writeFileSync(join(projectDir, 'gateway/supergraph.yaml'), 'subgraphs:\n  chat:\n    routing_url: http://localhost:4017/graphql\n');
  ({ publicKey } = await generateKeyPair());
});
afterAll(() => rmSync(projectDir, { recursive: true }));

const faultOf = (env: Record<string, string>, domain = 'chat') => {
  try {
    readSubgraphConfig(domain, env, projectDir);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

test('in development it listens where the supergraph says, and trusts this machine', () => {
  expect(readSubgraphConfig('chat', {}, projectDir)).toEqual({ host: '127.0.0.1', port: 4017, gatewayKey: undefined });
});

test('with the key of the gateway it may listen anywhere', () => {
  const env = { NODE_ENV: 'production', FORGE_GATEWAY_PUBLIC_KEY: publicKey, HOST: '0.0.0.0', PORT: '80' };
  expect(readSubgraphConfig('chat', env, projectDir)).toEqual({ host: '0.0.0.0', port: 80, gatewayKey: publicKey });
});

test.each([
  [{ NODE_ENV: 'production' }, 'FORGE_GATEWAY_PUBLIC_KEY: is not set; with NODE_ENV=production'],
  [{ NODE_ENV: 'production', FORGE_AUTH: 'dev' }, 'FORGE_GATEWAY_PUBLIC_KEY: is not set; with NODE_ENV=production'],
  [{ FORGE_AUTH: 'jwt' }, 'FORGE_GATEWAY_PUBLIC_KEY: is not set; only FORGE_AUTH=dev does without'],
  [{ HOST: '0.0.0.0' }, 'HOST: must be of the loopback interface'],
  [{ FORGE_GATEWAY_PUBLIC_KEY: 'rubbish' }, 'FORGE_GATEWAY_PUBLIC_KEY: must be an Ed25519 public key as PEM'],
  [{ PORT: '70000' }, 'PORT: '],
])('%j is refused', (env, fault) => {
  expect(faultOf(env)).toContain(fault);
});

test('a subgraph that the supergraph does not know needs a port', () => {
  expect(faultOf({}, 'budget')).toContain('PORT: is not set, and gateway/supergraph.yaml names no port for this subgraph');
});

test('all faults are told at once, those of the database too', () => {
  const message = faultOf({ NODE_ENV: 'production', PORT: 'http', DATABASE_URL: 'mysql://db', DATABASE_URL_CHAT: 'nonsense' });
  expect(message).toContain('The configuration has 4 faults');
  for (const variable of ['FORGE_GATEWAY_PUBLIC_KEY', 'PORT', 'DATABASE_URL', 'DATABASE_URL_CHAT']) expect(message).toContain(`  ${variable}: `);
});
