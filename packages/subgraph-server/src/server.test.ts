import { createPrincipalSigner, demoPrincipal, generateKeyPair, type Principal } from '@forge/auth';
import type { Subgraph } from '@forge/subgraph-kit';
import { randomBytes } from 'node:crypto';
import { createSubgraphServer } from './server.ts';
import { authenticator } from './trust.ts';

const secrets = [randomBytes(32)];

/** Answers who asks, and is well unless told otherwise. */
const chat = (health: () => Promise<void> = async () => undefined): Subgraph => ({
  name: 'chat', health, close: async () => undefined, retention: [], receive: async () => [],
  execute: async ({ query, variables }, { principal }) => ({ data: { query, variables, principal } }),
});

async function ask(gatewayKey: string | undefined, headers: Record<string, string>, payload: object = { query: '{ ok }' }) {
  const response = await createSubgraphServer(chat(), await authenticator('chat', gatewayKey), secrets).inject({ method: 'POST', url: '/graphql', headers, payload });
  return { status: response.statusCode, ...response.json<{ data?: { principal: Principal }; errors?: { message: string; extensions: object }[] }>() };
}

test('with a key it answers tokens that the gateway has signed for it, and nobody else', async () => {
  const { privateKey, publicKey } = await generateKeyPair();
  const sign = await createPrincipalSigner(privateKey);
  const ada = { ...demoPrincipal, subject: 'wrk_ada' };
  expect(await ask(publicKey, { authorization: `Bearer ${await sign(ada, 'chat')}` })).toEqual({ status: 200, data: { query: '{ ok }', principal: ada } });

  for (const headers of [{}, { authorization: `Bearer ${await sign(ada, 'budget')}` }, { authorization: 'Bearer x' }, { authorization: 'Basic x' }]) {
    expect(await ask(publicKey, headers)).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  }
});

test('without a key everyone is the demo administrator, unless with a token, which nobody can check', async () => {
  expect(await ask(undefined, {})).toMatchObject({ status: 200, data: { principal: demoPrincipal } });
  expect(await ask(undefined, { authorization: 'Bearer x' })).toMatchObject({ status: 401, errors: [{ message: expect.stringContaining('understands no tokens') }] });
});

test.each([[{ query: 1 }], [{}], [['text']]])('the body %j is refused', async (payload) => {
  expect(await ask(undefined, {}, payload)).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

test('it is alive while its database is away, but not ready', async () => {
  const server = createSubgraphServer(chat(async () => { throw new Error('no database'); }), await authenticator('chat', undefined), secrets);
  expect((await server.inject('/health/live')).statusCode).toBe(200);
  expect((await server.inject('/health/ready')).statusCode).toBe(503);
});
