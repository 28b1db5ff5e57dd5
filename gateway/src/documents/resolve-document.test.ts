import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { GraphQLParams } from '../server/graphql-params.ts';
import { createDocumentResolver, type DocumentOptions } from './resolve-document.ts';
import { readTrustedDocuments, sha256 } from './trusted-documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'forge-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

function manifest(content: unknown) {
  const file = join(folder, 'manifest.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readTrustedDocuments(file);
}

const dashboard = 'query Dashboard { a }';
const trusted = manifest({ format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'dash', name: 'Dashboard', type: 'query', body: dashboard }] });

function resolver(options: Partial<DocumentOptions> = {}) {
  const logged: string[] = [];
  const resolve = createDocumentResolver({ automatic: true, trusted, mode: 'off', logger: pino({ level: 'warn' }, { write: (line) => logged.push(line) }), ...options });
  return { logged, resolve: (params: Partial<GraphQLParams>) => resolve({ query: undefined, operationName: undefined, variables: {}, extensions: {}, documentId: undefined, ...params }) };
}

const persisted = (sha256Hash: unknown, version: unknown = 1) => ({ extensions: { persistedQuery: { version, sha256Hash } } });
const refusal = (code: string) => expect.objectContaining({ errors: [expect.objectContaining({ extensions: { code } })] });

test('a text is a document', () => {
  expect(resolver().resolve({ query: '{ a }' })).toMatchObject({ text: '{ a }', trusted: false });
});

test.each([['its id', { documentId: 'dash' }], ['its hash', { documentId: `sha256:${sha256(dashboard)}` }], ['the hash of the protocol', persisted(sha256(dashboard))], ['its text', { query: dashboard }]])('a trusted document is found by %s', (_, params) => {
  expect(resolver({ mode: 'required' }).resolve(params)).toMatchObject({ text: dashboard, trusted: true });
});

test('a client that sends only a hash is asked for the text once, and not again', () => {
  const { resolve } = resolver();
  const hash = sha256('{ a }');
  expect(() => resolve(persisted(hash))).toThrow(refusal('PERSISTED_QUERY_NOT_FOUND'));
  const registered = resolve({ query: '{ a }', ...persisted(hash) });
  // Not yet known to be valid.
  expect(() => resolve(persisted(hash))).toThrow(refusal('PERSISTED_QUERY_NOT_FOUND'));
  registered.remember();
  expect(resolve(persisted(hash)).text).toBe('{ a }');
});

test.each<[string, Partial<GraphQLParams>, string, Partial<DocumentOptions>]>([
  ['a text under the hash of another', { query: '{ b }', ...persisted(sha256('{ a }')) }, 'BAD_REQUEST', {}],
  ['a hash that is none', persisted('abc'), 'BAD_REQUEST', {}],
  ['another version of the protocol', persisted(sha256('{ a }'), 2), 'BAD_REQUEST', {}],
  ['the name of a prototype for an id', { documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_FOUND', {}],
  ['an endless id', { documentId: 'x'.repeat(201) }, 'BAD_REQUEST', {}],
  ['nothing', {}, 'BAD_REQUEST', {}],
  ['an empty text', { query: '' }, 'BAD_REQUEST', {}],
  ['a hash where none are kept', persisted(sha256('{ a }')), 'PERSISTED_QUERY_NOT_SUPPORTED', { automatic: false, trusted: undefined }],
  ['a text that is not trusted where that is required', { query: '{ a }' }, 'DOCUMENT_NOT_TRUSTED', { mode: 'required' }],
  ['registering one where that is required', { query: '{ a }', ...persisted(sha256('{ a }')) }, 'DOCUMENT_NOT_TRUSTED', { mode: 'required' }],
])('refuses %s', (_, params, code, options) => {
  expect(() => resolver(options).resolve(params)).toThrow(refusal(code));
});

test('where strangers are logged they are answered', () => {
  const { resolve, logged } = resolver({ mode: 'log' });
  expect(resolve({ query: '{ a }' }).trusted).toBe(false);
  resolve({ query: dashboard });
  expect(logged.map((line) => (JSON.parse(line) as { sha256: string }).sha256)).toEqual([sha256('{ a }')]);
});

test('a manifest of graphql-codegen works as well', () => {
  expect(manifest({ abc: '{ a }' }).byId('abc')).toBe('{ a }');
});

test.each([['no JSON', '{', 'cannot be read'], ['an operation without a body', { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'x' }] }, /body/], ['a list', [1], /must map ids to documents/]])('a manifest that is %s is refused', (_, content, message) => {
  expect(() => manifest(content)).toThrow(message);
});
