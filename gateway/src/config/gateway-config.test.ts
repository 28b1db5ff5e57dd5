import { readGatewayConfig } from './gateway-config.ts';

test('in development everything has a default', () => {
  expect(readGatewayConfig({})).toMatchObject({ host: '127.0.0.1', port: 4000, authenticate: { kind: 'dev' }, settings: { introspection: true } });
});

test.each([
  [{ NODE_ENV: 'production' }, /FORGE_AUTH: is not set; with NODE_ENV=production/],
  [{ NODE_ENV: 'production', FORGE_AUTH: 'dev' }, /FORGE_AUTH: dev makes every caller an administrator/],
  [{ FORGE_AUTH: 'none', PORT: 'http' }, /2 faults[\s\S]*PORT[\s\S]*FORGE_AUTH/],
])('%j is refused', (env, message) => {
  expect(() => readGatewayConfig(env)).toThrow(message);
});
