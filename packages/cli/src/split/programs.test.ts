import { gatewayProgram, subgraphPrograms, type Meeting } from './programs.ts';

const meeting: Meeting = { host: '0.0.0.0', port: 4000, subgraphPorts: new Map([['chat', 20_001], ['budget', 20_002]]), keys: { privateKey: 'private', publicKey: 'public' } };
const env = { HOST: '0.0.0.0', PORT: '1', DATABASE_URL: 'postgres://db', FORGE_GATEWAY_PRIVATE_KEY: 'of another run', FORGE_GATEWAY_PUBLIC_KEY: 'of another run' };

test('the gateway learns where each subgraph is, and alone has the private key', () => {
  const gateway = gatewayProgram('/forge', env, meeting);
  expect(gateway.file).toBe('/forge/gateway/src/main.ts');
  expect(gateway.env).toEqual({
    HOST: '0.0.0.0', PORT: '4000', DATABASE_URL: 'postgres://db', FORGE_GATEWAY_PRIVATE_KEY: 'private',
    SUBGRAPH_URL_CHAT: 'http://127.0.0.1:20001/graphql', SUBGRAPH_URL_BUDGET: 'http://127.0.0.1:20002/graphql',
  });
});

test('subgraphs listen on loopback, each on its port, and have the public key', () => {
  const programs = subgraphPrograms('/forge', env, meeting);
  expect(programs.map(({ name, file }) => [name, file])).toEqual([['chat', '/forge/subgraphs/chat/src/main.ts'], ['budget', '/forge/subgraphs/budget/src/main.ts']]);
  expect(programs[1]?.env).toEqual({ HOST: '127.0.0.1', PORT: '20002', DATABASE_URL: 'postgres://db', FORGE_GATEWAY_PUBLIC_KEY: 'public' });
});
