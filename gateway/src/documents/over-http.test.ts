import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentOptions } from './resolve-document.ts';
import { readTrustedDocuments, sha256 } from './trusted-documents.ts';
import { startFixture, type Fixture } from '../fixture/start.ts';

const folder = mkdtempSync(join(tmpdir(), 'forge-documents-'));
const file = join(folder, 'manifest.json');
const dashboard = 'query Dashboard { tasks { id } }';
writeFileSync(file, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'dash', name: 'Dashboard', type: 'query', body: dashboard }] }));
afterAll(() => rmSync(folder, { recursive: true }));

let fixture: Fixture;
afterEach(() => fixture.close());
const start = async (documents: Pick<DocumentOptions, 'automatic' | 'trusted' | 'mode'>) => (fixture = await startFixture('in-process', { documents }));

const accept = 'application/graphql-response+json';
const read = async (response: Response) => ({ status: response.status, ...((await response.json()) as { data?: { tasks: { id: string }[] }; errors?: { message: string; extensions: { code: string } }[] }) });
const post = async (body: object) => read(await fetch(`${fixture.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify(body) }));
const get = async (params: Record<string, string>) => read(await fetch(`${fixture.url}/graphql?${new URLSearchParams(params).toString()}`, { headers: { accept } }));
const persisted = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(query) } });

const answered = { status: 200, data: { tasks: expect.arrayContaining([{ id: expect.any(String) }]) } };
const refused = (status: number, code: string) => ({ status, errors: [{ extensions: { code } }] });

test('a document is registered once, by POST or GET, and then known by its hash to both', async () => {
  await start({ automatic: true, trusted: undefined, mode: 'off' });
  const [one, other] = ['{ tasks { id } }', '{ tasks { id title } }'];
  expect(await get({ extensions: JSON.stringify(persisted(one)) })).toMatchObject({ ...refused(400, 'PERSISTED_QUERY_NOT_FOUND'), errors: [{ message: 'PersistedQueryNotFound' }] });
  expect(await post({ query: one, extensions: persisted(one) })).toMatchObject(answered);
  expect(await post({ extensions: persisted(one) })).toMatchObject(answered);
  expect(await get({ extensions: JSON.stringify(persisted(one)) })).toMatchObject(answered);

  expect(await get({ query: other, extensions: JSON.stringify(persisted(other)) })).toMatchObject({ status: 200 });
  expect(await post({ extensions: persisted(other) })).toMatchObject({ status: 200 });
});

test('what is not valid is not registered', async () => {
  await start({ automatic: true, trusted: undefined, mode: 'off' });
  expect(await post({ query: '{ nonsense }', extensions: persisted('{ nonsense }') })).toMatchObject(refused(400, 'GRAPHQL_VALIDATION_FAILED'));
  expect(await post({ extensions: persisted('{ nonsense }') })).toMatchObject(refused(400, 'PERSISTED_QUERY_NOT_FOUND'));
});

test('where trusted documents are required they are answered, by id, hash or text, and no others', async () => {
  await start({ automatic: true, trusted: readTrustedDocuments(file), mode: 'required' });
  for (const body of [{ documentId: 'dash' }, { documentId: `sha256:${sha256(dashboard)}` }, { extensions: persisted(dashboard) }, { query: dashboard }]) expect(await post(body)).toMatchObject(answered);
  expect(await get({ documentId: 'dash' })).toMatchObject(answered);
  for (const query of ['{ tasks { id } }', `${dashboard} `, '{ __schema { types { name } } }']) expect(await post({ query })).toMatchObject(refused(403, 'DOCUMENT_NOT_TRUSTED'));
  expect(await post({ query: '{ tasks { id } }', extensions: persisted('{ tasks { id } }') })).toMatchObject(refused(403, 'DOCUMENT_NOT_TRUSTED'));
  expect(await post({ documentId: 'other' })).toMatchObject(refused(400, 'PERSISTED_QUERY_NOT_FOUND'));
});

test('where they are logged the others are answered, and named in the log by their hash', async () => {
  await start({ automatic: true, trusted: readTrustedDocuments(file), mode: 'log' });
  expect(await post({ documentId: 'dash' })).toMatchObject(answered);
  expect(fixture.logged).toEqual([]);
  expect(await post({ query: '{ tasks { id } }' })).toMatchObject(answered);
  expect(fixture.logged.map((line) => (JSON.parse(line) as { sha256?: string }).sha256)).toEqual([sha256('{ tasks { id } }')]);
});
