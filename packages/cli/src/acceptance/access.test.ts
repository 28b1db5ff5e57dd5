import { demoPrincipal, grantedBy, scopes, type Scope } from '@forge/auth';
import type { Subgraph } from '@forge/subgraph-kit';
import { createTestDatabase, recordStatements, type TestDatabase } from '@forge/testing';
import {
  buildASTSchema, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, parse,
  type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { listDomains } from '../domains.ts';
import { startSubgraphs } from '../platform.ts';
import { secretKeys } from './test-platform.ts';

const projectDir = join(import.meta.dirname, '../../../..');
const domains = listDomains(projectDir);
const schemas = new Map(domains.map((domain) => [domain, buildASTSchema(parse(readFileSync(join(projectDir, 'subgraphs', domain, 'schema.graphql'), 'utf8')), { assumeValidSDL: true })]));
const statements = recordStatements();
const databases: TestDatabase[] = [];
let subgraphs: Subgraph[] = [];
beforeAll(async () => {
  const urls = new Map<string, string>();
  for (const domain of domains) {
    const database = await createTestDatabase(domain);
    databases.push(database);
    urls.set(domain, database.url);
  }
  subgraphs = await startSubgraphs(urls, { logger: pino({ level: 'silent' }), onSql: statements.onSql, env: secretKeys, jobs: false });
});
afterAll(async () => {
  await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
  for (const database of databases) await database.drop();
});

const samples: Record<string, string> = { ID: '"x"', String: '"x"', Int: '1', Float: '1', Boolean: 'true', Decimal: '"1"', BigInt: '"1"', DateTime: '"2026-01-01T00:00:00Z"', Date: '"2026-01-01"', URL: '"https://example.com"', EmailAddress: '"ada@example.com"', JSON: '{}' };

/** Any value that GraphQL lets pass. */
function sample(of: GraphQLInputType): string {
  const type = getNullableType(of);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (!isInputObjectType(type)) return samples[type.name] ?? '';
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  return `{ ${required.map((field) => `${field.name}: ${sample(field.type)}`).join(', ')} }`;
}

function asked({ name, args }: GraphQLField<unknown, unknown>): string {
  const required = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  return `${name}${required.length > 0 ? `(${required.map((argument) => `${argument.name}: ${sample(argument.type)}`).join(', ')})` : ''} { __typename }`;
}

const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_'));
const schemaOf = (domain: string) => schemas.get(domain) as GraphQLSchema;

/** Asks a subgraph past the gateway; answers the fields, or places in a list, that were refused. */
async function refused(domain: string, query: string, given: readonly Scope[], variables: Record<string, unknown> = {}): Promise<string[]> {
  statements.clear();
  const subgraph = subgraphs.find(({ name }) => name === domain) as Subgraph;
  const { errors = [] } = await subgraph.execute({ query, variables }, { principal: { ...demoPrincipal, scopes: given } });
  return errors.filter(({ extensions }) => extensions?.['code'] === 'FORBIDDEN').map(({ path }) => String(path?.at(-1)));
}

/** All that may be given and opens nothing of a domain. */
const elsewhere = (domain: string) => scopes.filter((scope) => scope !== 'gateways:runtime' && ![...grantedBy([scope])].some((each) => each.startsWith(`${domain}:`)));

test.each(domains)('%s answers nothing to whoever has the scopes of all other domains, changes nothing and reads nothing', async (domain) => {
  const [queries, mutations] = [fieldsOf(schemaOf(domain).getQueryType()), fieldsOf(schemaOf(domain).getMutationType())];
  // Approvers are of the governance domain and decide over runs.
  const closed = mutations.filter(({ name }) => name !== 'resolveApproval');
  expect(await refused(domain, `{ ${queries.map(asked).join(' ')} }`, elsewhere(domain))).toEqual(queries.map(({ name }) => name));
  expect(statements.texts).toEqual([]);
  expect(await refused(domain, `mutation { ${closed.map(asked).join(' ')} }`, elsewhere(domain))).toEqual(closed.map(({ name }) => name));
  expect(statements.texts).toEqual([]);
});

const entitiesOf = (domain: string) => fieldsOf(schemaOf(domain).getQueryType()).filter(({ args }) => args.some(({ name }) => name === 'first')).map(({ type }) => String(getNullableType(type)).replace(/Connection$/, ''));
const byReference = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';

test.each(domains)('%s refuses references to its entities just as well', async (domain) => {
  const representations = entitiesOf(domain).map((__typename) => ({ __typename, id: 'x' }));
  expect(await refused(domain, byReference, elsewhere(domain), { representations })).toEqual(representations.map((_, i) => String(i)));
  expect(statements.texts).toEqual([]);
});

const sharper = new Set(['apiKey', 'apiKeys', 'credential', 'auditEvent', 'auditEvents', 'auditChain']);

test.each(domains)('%s answers whoever may read it, but for what is sharper', async (domain) => {
  const queries = fieldsOf(schemaOf(domain).getQueryType());
  const closed = queries.map(({ name }) => name).filter((name) => sharper.has(name));
  expect((await refused(domain, `{ ${queries.map(asked).join(' ')} }`, [`${domain}:read` as Scope])).sort()).toEqual(closed.sort());
  const mutations = fieldsOf(schemaOf(domain).getMutationType());
  expect(await refused(domain, `mutation { ${mutations.map(asked).join(' ')} }`, [`${domain}:read` as Scope])).toEqual(mutations.map(({ name }) => name));
});

test.each(domains)('%s lists nothing for a gateway\'s runtime', async (domain) => {
  const queries = fieldsOf(schemaOf(domain).getQueryType());
  expect(await refused(domain, `{ ${queries.map(asked).join(' ')} }`, ['gateways:runtime'])).toEqual(queries.map(({ name }) => name));
  expect(statements.texts).toEqual([]);
});
