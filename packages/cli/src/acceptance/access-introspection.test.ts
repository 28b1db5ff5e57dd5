import { demoPrincipal, type Principal } from '@forge/auth';
import type { Gateway } from '@forge/gateway';
import type { Subgraph } from '@forge/subgraph-kit';
import { join } from 'node:path';
import { pino } from 'pino';
import { listDomains } from '../domains.ts';
import { createFront, inProcess } from '../platform.ts';
import { readDecided } from './access/decided.ts';
import { principals } from './access/principals.ts';
import { seenBy } from './access/routes.ts';
import type { Answer } from './test-platform.ts';

const projectDir = join(import.meta.dirname, '../../../..');
const decided = readDecided();
const everybody = principals('gw_01h455vb4pex5vsknk084sn02q');

/** Only the gateway knows the schema. */
const absent = (name: string): Subgraph => ({
  name, retention: [], receive: async () => [], health: async () => undefined, close: async () => undefined,
  execute: async () => { throw new Error('nobody should ask'); },
});

const gateways: Gateway[] = [];
async function startGateway(introspection: boolean) {
  const gateway = await createFront({ projectDir }, inProcess(listDomains(projectDir).map(absent)), {
    authenticate: ({ 'x-principal': principal }) => JSON.parse(String(principal)) as Principal, logger: pino({ level: 'silent' }), maxDelayMilliseconds: 60_000, introspection,
  });
  gateways.push(gateway);
  const url = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  return async <T>(query: string, principal: Principal): Promise<Answer<T>> => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-principal': JSON.stringify(principal) }, body: JSON.stringify({ query }) });
    return (await response.json()) as Answer<T>;
  };
}

let open: Awaited<ReturnType<typeof startGateway>>;
let closed: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => ([open, closed] = await Promise.all([startGateway(true), startGateway(false)])));
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())));

interface Schema { __schema: { types: { kind: string; name: string; fields: { name: string }[] | null; possibleTypes: { name: string }[] | null }[] } }
const introspection = '{ __schema { types { kind name fields(includeDeprecated: true) { name } possibleTypes { name } } } }';

test.each([...everybody])('%s sees in the schema what is open to them, and nothing else', async (_, principal) => {
  const { data, errors } = await open<Schema>(introspection, principal);
  expect(errors).toBeUndefined();
  const types = data?.__schema.types.filter(({ name }) => !name.startsWith('__')) ?? [];
  const fields = types.filter(({ kind }) => kind === 'OBJECT').flatMap((type) => (type.fields ?? []).map(({ name }) => `${type.name}.${name}`));
  const seen = seenBy(decided, principal.scopes);
  expect(fields.sort()).toEqual([...seen.fields].sort());
  const possible = types.flatMap(({ possibleTypes }) => possibleTypes ?? []).map(({ name }) => name);
  expect(possible.filter((name) => !seen.routes.has(name))).toEqual([]);
});

test.each(['WorkflowRun', 'Budget', 'AuditEvent', 'StartRunInput', 'BudgetScopeType'])('a type that nothing open leads to is not there by its name: %s', async (name) => {
  const answer = (scopes: string[]) => open(`{ __type(name: "${name}") { name } }`, { ...demoPrincipal, scopes });
  expect([await answer(['chat:read']), await answer(['admin'])]).toEqual([{ data: { __type: null } }, { data: { __type: { name } } }]);
});

test.each([...everybody])('where the schema is not shown to everybody, %s gets it with the scope for it', async (_, principal) => {
  const { data, errors } = await closed('{ s: __schema { queryType { name } } ...T } fragment T on Query { t: __type(name: "Query") { name } }', principal);
  const may = ['admin', 'graph:introspect'].some((scope) => principal.scopes.includes(scope));
  const refused = ['s', 't'].map((key) => ({ message: expect.any(String), path: [key], extensions: { code: 'FORBIDDEN' } }));
  expect({ data, errors }).toEqual(may ? { data: { s: { queryType: { name: 'Query' } }, t: { name: 'Query' } } } : { data: { s: null, t: null }, errors: refused });
});
