import { gatewayProgram, subgraphPrograms, type Meeting } from './programs.ts';

const meeting: Meeting = { host: '0.0.0.0', port: 4000, subgraphPorts: new Map([['chat', 20_001], ['budget', 20_002]]), keys: { privateKey: 'private', publicKey: 'public' } };
const secrets = { FORGE_SECRET_KEYS: 'a:key', FORGE_EVENT_SECRETS: 'secret' };
const urls = { SUBGRAPH_URL_CHAT: 'http://127.0.0.1:20001/graphql', SUBGRAPH_URL_BUDGET: 'http://127.0.0.1:20002/graphql' };
const env = { ...secrets, HOST: '0.0.0.0', PORT: '1', DATABASE_URL: 'postgres://db', FORGE_GATEWAY_PRIVATE_KEY: 'of another run', FORGE_GATEWAY_PUBLIC_KEY: 'of another run' };

test('the gateway learns where each subgraph is, alone has the private key, and has no secret of the subgraphs', () => {
  const gateway = gatewayProgram('/forge', env, meeting);
  expect(gateway.file).toBe('/forge/gateway/src/main.ts');
  expect(gateway.env).toEqual({ ...urls, HOST: '0.0.0.0', PORT: '4000', DATABASE_URL: 'postgres://db', FORGE_GATEWAY_PRIVATE_KEY: 'private' });
});

test('subgraphs listen on loopback, each on its port, and have the public key, the secrets and the way to each other', () => {
  const programs = subgraphPrograms('/forge', env, meeting);
  expect(programs.map(({ name, file }) => [name, file])).toEqual([['chat', '/forge/subgraphs/chat/src/main.ts'], ['budget', '/forge/subgraphs/budget/src/main.ts']]);
  expect(programs[1]?.env).toEqual({ ...secrets, ...urls, HOST: '127.0.0.1', PORT: '20002', DATABASE_URL: 'postgres://db', FORGE_GATEWAY_PUBLIC_KEY: 'public' });
});

test('each process serves metrics at a port of its own, the gateway at the first', () => {
  const measured = { ...env, FORGE_METRICS_PORT: '9464' };
  expect([gatewayProgram('/forge', measured, meeting), ...subgraphPrograms('/forge', measured, meeting)].map(({ env }) => env['FORGE_METRICS_PORT'])).toEqual(['9464', '9465', '9466']);
});
