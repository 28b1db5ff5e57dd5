import { readConfig, type Environment } from '@forge/config';
import { generateKeyPairSync } from 'node:crypto';
import { authVariables, readAuth } from './auth-config.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const read = (env: Environment) => readAuth(readConfig(authVariables, env));
const production = { NODE_ENV: 'production' };
const jwt = { FORGE_AUTH: 'jwt', FORGE_JWT_ISSUER: 'https://login.test', FORGE_JWT_AUDIENCE: 'https://graph.test' };
const withUrl = { ...jwt, FORGE_JWKS_URL: 'https://login.test/jwks.json' };

const faultsOf = (env: Environment): string => {
  try {
    read(env);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

test('outside production everybody is the demo administrator unless said otherwise', () => {
  expect(read({})).toEqual({ kind: 'dev' });
  expect(read({ FORGE_AUTH: 'dev' })).toEqual({ kind: 'dev' });
});

test('callers bring API keys, JWTs or either', () => {
  expect(read({ ...production, FORGE_AUTH: 'apiKey' })).toEqual({ kind: 'credentials', secretKeys: true, jwt: undefined });
  const options = { issuers: ['https://login.test'], audiences: ['https://graph.test'], keys: new URL('https://login.test/jwks.json'), orgClaim: 'org_id', scopeClaim: 'scope' };
  expect(read({ ...production, ...withUrl })).toEqual({ kind: 'credentials', secretKeys: false, jwt: options });
  expect(read({ ...production, ...withUrl, FORGE_AUTH: ' apiKey , jwt ' })).toEqual({ kind: 'credentials', secretKeys: true, jwt: options });
});

test('there may be several issuers and audiences, other claims, and one key in place of an address', () => {
  const env = { ...jwt, FORGE_JWT_ISSUER: 'https://a.test, https://b.test', FORGE_JWT_AUDIENCE: 'one,two', FORGE_JWT_PUBLIC_KEY: pem, FORGE_JWT_ORG_CLAIM: 'tenant', FORGE_JWT_SCOPE_CLAIM: 'permissions' };
  expect(read(env)).toMatchObject({ jwt: { issuers: ['https://a.test', 'https://b.test'], audiences: ['one', 'two'], keys: { algorithms: ['ES256'] }, orgClaim: 'tenant', scopeClaim: 'permissions' } });
  expect(read({ ...env, FORGE_JWT_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })) })).toMatchObject({ jwt: { keys: { algorithms: ['ES256'] } } });
});

test.each(['http://127.0.0.1:8080/jwks', 'http://[::1]:8080/jwks', 'http://localhost/jwks'])('keys may come from this machine in the clear: %s', (FORGE_JWKS_URL) => {
  expect(faultsOf({ ...production, ...withUrl, FORGE_JWKS_URL })).toBe('none');
});

test.each<[Environment, string]>([
  [production, 'FORGE_AUTH: is not set; with NODE_ENV=production nobody is let in unasked'],
  [{ ...production, FORGE_AUTH: 'dev' }, 'FORGE_AUTH: dev makes every caller an administrator; it is not for NODE_ENV=production'],
  [{ ...production, FORGE_AUTH: 'dev,apiKey' }, 'FORGE_AUTH: dev makes every caller an administrator; it is not for'],
  [{ FORGE_AUTH: 'dev,apiKey' }, 'FORGE_AUTH: dev makes every caller an administrator, so it goes with nothing else'],
  [{ FORGE_AUTH: 'none' }, 'FORGE_AUTH: must be dev, or apiKey, jwt or both by a comma'],
  [{ FORGE_AUTH: ',' }, 'FORGE_AUTH: must be dev, or apiKey, jwt or both'],
  [{ ...withUrl, FORGE_JWT_ISSUER: undefined }, 'FORGE_JWT_ISSUER: is not set; FORGE_AUTH=jwt needs'],
  [{ ...withUrl, FORGE_JWT_ISSUER: ',' }, 'FORGE_JWT_ISSUER: needs an issuer'],
  [{ ...withUrl, FORGE_JWT_AUDIENCE: undefined }, 'FORGE_JWT_AUDIENCE: is not set; FORGE_AUTH=jwt takes'],
  [jwt, 'FORGE_JWKS_URL: is not set, nor is FORGE_JWT_PUBLIC_KEY'],
  [{ ...withUrl, FORGE_JWT_PUBLIC_KEY: pem }, 'FORGE_JWT_PUBLIC_KEY: is set and so is FORGE_JWKS_URL'],
  [{ ...withUrl, FORGE_JWKS_URL: 'login.test' }, 'FORGE_JWKS_URL: must be a URL with http or https'],
  [{ ...withUrl, FORGE_JWKS_URL: 'file:///etc/keys' }, 'FORGE_JWKS_URL: must be a URL with http or https'],
  [{ ...withUrl, FORGE_JWKS_URL: 'https://ada:secret@login.test' }, 'FORGE_JWKS_URL: must be a URL without user and password'],
  [{ ...production, ...withUrl, FORGE_JWKS_URL: 'http://login.test/jwks' }, 'FORGE_JWKS_URL: must be https with NODE_ENV=production'],
  [{ ...jwt, FORGE_JWT_PUBLIC_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }, 'FORGE_JWT_PUBLIC_KEY: is a private key'],
])('%j is refused: %s', (env, fault) => {
  const faults = faultsOf(env);
  expect(faults).toContain(`has a fault:\n  ${fault}`);
  expect(faults).not.toContain('secret');
});

test('all faults are told at once', () => {
  const faults = faultsOf({ ...production, FORGE_AUTH: 'dev,jwt', FORGE_JWKS_URL: 'http://login.test', FORGE_JWT_PUBLIC_KEY: 'rubbish' });
  expect(faults).toContain('6 faults');
  for (const variable of ['FORGE_AUTH', 'FORGE_JWT_ISSUER', 'FORGE_JWT_AUDIENCE', 'FORGE_JWKS_URL', 'FORGE_JWT_PUBLIC_KEY']) expect(faults).toContain(`  ${variable}: `);
});
