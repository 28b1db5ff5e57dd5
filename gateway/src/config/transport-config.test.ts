import { readConfig, type Environment } from '@forge/config';
import { readTransport, transportVariables } from './transport-config.ts';
import { readSubgraphUrls } from './subgraph-urls.ts';

const read = (env: Environment) => readTransport(readConfig(transportVariables(env), env));

test.each<[Environment, string, object]>([
  [{}, 'chat', {}],
  [{ FORGE_SUBGRAPH_TIMEOUT_MS: '3000' }, 'chat', { timeoutMilliseconds: 3_000 }],
  [{ FORGE_SUBGRAPH_TIMEOUT_MS: '3000', FORGE_SUBGRAPH_TIMEOUT_MS_ANALYTICS: '20000' }, 'chat', { timeoutMilliseconds: 3_000 }],
  [{ FORGE_SUBGRAPH_TIMEOUT_MS: '3000', FORGE_SUBGRAPH_TIMEOUT_MS_ANALYTICS: '20000' }, 'analytics', { timeoutMilliseconds: 20_000 }],
  [{ FORGE_SUBGRAPH_TIMEOUT_MS: '', FORGE_SUBGRAPH_TIMEOUT_MS_CHAT: '' }, 'chat', {}],
])('%j gives %s %j', (env, subgraph, limits) => {
  expect(read(env).limitsOf(subgraph)).toEqual(limits);
});

test('every time that is none is a fault', () => {
  const env = { FORGE_SUBGRAPH_TIMEOUT_MS: '0', FORGE_SUBGRAPH_TIMEOUT_MS_CHAT: 'soon', FORGE_SUBGRAPH_TIMEOUT_MS_BUDGET: '1.5' };
  expect(() => read(env)).toThrow(/3 faults[\s\S]*_MS: must be[\s\S]*_CHAT: must be[\s\S]*_BUDGET: must be a whole number of milliseconds from 1 to 120000/);
});

test('a subgraph is found where its variable says, else where the supergraph does', () => {
  const urlOf = readSubgraphUrls({ SUBGRAPH_URL_CHAT: 'https://elsewhere.internal:8443/graphql' });
  expect(['chat', 'budget'].map((name) => urlOf({ name, url: `http://${name}.internal/graphql` }))).toEqual(['https://elsewhere.internal:8443/graphql', 'http://budget.internal/graphql']);
});

test.each(['chat.internal', 'ftp://chat.internal/graphql', 'unix:/run/chat'])('%s is no address of a subgraph', (url) => {
  expect(() => readSubgraphUrls({ SUBGRAPH_URL_CHAT: url })).toThrow('SUBGRAPH_URL_CHAT: must be a URL that begins with http:// or https://');
});
