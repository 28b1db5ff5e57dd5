import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { testKeyring } from '../fixture/keyring.ts';
import { aGateway } from '../fixture/rows.ts';
import { createGatewaysSubgraph } from '../index.ts';
import { open } from '../secrets/seal.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('gateways'), (settings) => createGatewaysSubgraph({ ...settings, keyring: testKeyring }))));
afterAll(() => graph.close());

const fields = 'glooCredential { id name clientId scopes status expiresAt gateway { name } updatedAt } userErrors { code message path }';
const create = `mutation ($input: CreateGlooCredentialInput!) { createGlooCredential(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateGlooCredentialInput!) { updateGlooCredential(input: $input) { ${fields} } }`;
const remove = 'mutation ($input: DeleteGlooCredentialInput!) { deleteGlooCredential(input: $input) { deletedId userErrors { code path } } }';
const sample = { name: 'Gloo', clientId: 'forge', clientSecret: 'rosebud-rosebud' };

async function aCredential(input: object = {}) {
  return (await graph.data(create, { input: { ...sample, ...input } })).createGlooCredential.glooCredential;
}
const everythingStored = async () => JSON.stringify([await runSql(graph.databaseUrl, 'SELECT * FROM "glooCredentials"'), await runSql(graph.databaseUrl, 'SELECT * FROM "callbackDedup"')]);

test('a new credential is ACTIVE, and its gateway knows it', async () => {
  const gatewayId = await aGateway(graph.databaseUrl);
  const made = await aCredential({ gatewayId, scopes: ['api/access'] });
  expect(made).toMatchObject({ name: 'Gloo', clientId: 'forge', scopes: ['api/access'], status: 'ACTIVE', expiresAt: null, gateway: { name: 'Berlin' } });
  expect((await graph.data('query ($id: ID!) { gateway(id: $id) { glooCredentials { nodes { id } } } }', { id: gatewayId })).gateway.glooCredentials.nodes).toEqual([{ id: made.id }]);
});

test('its secrets are stored encrypted, each for its own place, and no query reads them', async () => {
  const { id } = await aCredential({ accessToken: 'bearer-of-news' });
  expect(await everythingStored()).not.toMatch(/rosebud|bearer-of-news/);
  const [row] = await runSql<{ orgId: string; clientSecret: string; accessToken: string }>(graph.databaseUrl, 'SELECT * FROM "glooCredentials" WHERE "id" = $1', [id]);
  const { orgId = '', clientSecret = '', accessToken = '' } = row ?? {};
  expect(open(testKeyring, clientSecret, { orgId, id, column: 'clientSecret' })).toBe('rosebud-rosebud');
  expect(open(testKeyring, accessToken, { orgId, id, column: 'accessToken' })).toBe('bearer-of-news');
  for (const field of ['clientSecret', 'accessToken']) expect((await graph.ask(`{ glooCredentials { nodes { ${field} } } }`)).errors?.[0]?.message).toContain(`Cannot query field "${field}"`);
});

test('a secret in the clear does not get into the table', async () => {
  const { id } = await aCredential();
  await expect(runSql(graph.databaseUrl, `UPDATE "glooCredentials" SET "accessToken" = 'in the clear' WHERE "id" = $1`, [id])).rejects.toThrow('glooCredentials_secrets_are_sealed');
});

test('where no key is configured, nothing is stored, and the client is told so', async () => {
  const keyless = await startTestSubgraph(createTestDatabase('gateways'), createGatewaysSubgraph);
  try {
    const message = 'this installation has no key to encrypt secrets with, so it takes none; its operator has to configure one';
    expect((await keyless.data(create, { input: sample })).createGlooCredential).toEqual({ glooCredential: null, userErrors: [{ code: 'FORBIDDEN', path: ['input'], message }] });
    expect(await keyless.data('{ glooCredentials { totalCount } }')).toEqual({ glooCredentials: { totalCount: 0 } });
  } finally {
    await keyless.close();
  }
});

test('every fault of an input comes at once', async () => {
  const input = { name: ' ', clientId: 'x'.repeat(201), clientSecret: '', scopes: ['a', 'a'], expiresAt: '2020-01-01T00:00:00Z', gatewayId: newId('Model') };
  expect((await graph.data(create, { input })).createGlooCredential.userErrors).toMatchObject([
    { path: ['input', 'name'], message: 'name: needs at least 1 character' }, { path: ['input', 'scopes', '1'], message: 'scopes.1: is in the list already' },
    { path: ['input', 'clientId'] }, { path: ['input', 'clientSecret'] }, { path: ['input', 'expiresAt'], message: 'expiresAt: lies in the past' }, { path: ['input', 'gatewayId'] },
  ]);
});

test('a repeated call makes one credential; with another secret it is a conflict; neither leaves the secret behind', async () => {
  const input = { ...sample, idempotencyKey: 'k1' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => graph.data(create, { input })));
  expect(new Set(answers.map(({ createGlooCredential }) => createGlooCredential.glooCredential.id)).size).toBe(1);
  const other = (await graph.data(create, { input: { ...input, clientSecret: 'other' } })).createGlooCredential;
  expect(other.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'idempotencyKey'] }]);
  expect(await everythingStored()).not.toContain('rosebud');
});

test('an update takes only what changes, clears by null, and loses against an earlier one', async () => {
  const { id, updatedAt } = await aCredential({ expiresAt: '2100-01-01T00:00:00.000Z', gatewayId: await aGateway(graph.databaseUrl) });
  const renamed = (await graph.data(update, { input: { id, name: 'Renamed' } })).updateGlooCredential.glooCredential;
  expect(renamed).toMatchObject({ name: 'Renamed', expiresAt: '2100-01-01T00:00:00.000Z', gateway: { name: 'Berlin' } });
  expect((await graph.data(update, { input: { id, expiresAt: null, gatewayId: null } })).updateGlooCredential.glooCredential).toMatchObject({ expiresAt: null, gateway: null });
  expect((await graph.data(update, { input: { id, gatewayId: newId('Gateway') } })).updateGlooCredential.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'gatewayId'] }]);
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, name: 'Late' } })).updateGlooCredential.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('another organisation sees, changes and deletes nothing; its own deletes it for good', async () => {
  const { id } = await aCredential();
  const notFound = [{ code: 'NOT_FOUND', path: ['input', 'id'] }];
  expect(await graph.data('query ($id: ID!) { glooCredential(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ glooCredential: null });
  expect((await graph.data(update, { input: { id, name: 'x' } }, anotherOrganisation)).updateGlooCredential.userErrors).toMatchObject(notFound);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteGlooCredential.userErrors).toEqual(notFound);
  expect((await graph.data(remove, { input: { id } })).deleteGlooCredential).toEqual({ deletedId: id, userErrors: [] });
});
