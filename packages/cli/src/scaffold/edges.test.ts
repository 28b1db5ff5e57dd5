import { writeMigration } from '@forge/database';
import { buildSchema, readTypeDefs } from '@forge/subgraph-kit';
import { testServerUrl } from '@forge/testing';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { readModel } from './model.ts';
import { newEntities } from './new-entity.ts';
import { newSubgraph } from './new-subgraph.ts';
import { makeTestProject, type TestProject } from './test-project.ts';

let project: TestProject;
beforeAll(() => {
  project = makeTestProject();
  const { projectDir } = project;
  for (const domain of ['people', 'shop']) newSubgraph(projectDir, domain);
  newEntities(projectDir, readModel(projectDir), 'shop', ['Order', 'Item', 'Shop']);
  newEntities(projectDir, readModel(projectDir), 'people', ['Person']);
});
afterAll(() => project.remove());

const schemaOf = (domain: string) => buildSchema(readTypeDefs(join(project.projectDir, 'subgraphs', domain, 'src')), []);

function typeOf(schema: GraphQLSchema, type: string, field: string): string | undefined {
  const object = schema.getType(type);
  return isObjectType(object) ? object.getFields()[field]?.type.toString() : undefined;
}

test('the contracts are schemas, with what the model says and without its secrets', () => {
  const [shop, people] = [schemaOf('shop'), schemaOf('people')];
  const fields = { status: 'OrderStatus!', kinds: '[OrderKinds!]!', totalCents: 'Decimal!', detail: 'JSON', dueOn: 'Date', personId: 'ID!', approverIds: '[ID!]!' };
  expect(Object.fromEntries(Object.keys(fields).map((field) => [field, typeOf(shop, 'Order', field)]))).toEqual(fields);
  expect([typeOf(shop, 'Order', 'updatedAt'), typeOf(shop, 'Item', 'updatedAt')]).toEqual(['DateTime!', undefined]);
  expect(typeOf(people, 'Person', 'passwordHash')).toBeUndefined();
  const mutations = (schema: GraphQLSchema) => Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect(mutations(shop)).toEqual(['createItem', 'createOrder', 'updateOrder', 'deleteOrder']);
  expect(mutations(people)).toEqual(['createPerson', 'updatePerson', 'deletePerson']);
});

test.each([
  ['shop', 'Order', 'person', 'Person', "stub('Person', personId)"],
  ['shop', 'Order', 'approvers', '[Person]', "approverIds.map((id) => stub('Person', id))"],
  ['shop', 'Order', 'shop', 'Shop!', 'reference(context, shop, shopId, info)'],
  ['shop', 'Order', 'items', '[Item]!', 'Promise.all(itemIds.map((id) => reference(context, item, id, info)))'],
  ['shop', 'Item', 'shop', 'Shop', 'reference(context, shop, shopId, info)'],
  ['people', 'Person', 'manager', 'Person', 'reference(context, person, managerId, info)'],
  ['shop', 'Person', 'orders', 'OrderConnection', "connection(context, order, args, info, { column: 'personId', id })"],
  ['shop', 'Person', 'ordersToApprove', 'OrderConnection', "connection(context, order, args, info, { column: 'approverIds', id })"],
  ['shop', 'Shop', 'orders', 'OrderConnection!', "connection(context, order, args, info, { column: 'shopId', id })"],
  ['shop', 'Shop', 'items', 'ItemConnection!', "connection(context, item, args, info, { column: 'shopId', id })"],
  ['shop', 'Item', 'orders', 'OrderConnection!', "connection(context, order, args, info, { column: 'itemIds', id })"],
  ['people', 'Person', 'reports', 'PersonConnection!', "connection(context, person, args, info, { column: 'managerId', id })"],
])('in %s, %s.%s leads to %s', (domain, type, field, leadsTo, resolver) => {
  expect(typeOf(schemaOf(domain), type, field)).toBe(leadsTo);
  const own = `subgraphs/${domain}/src/${type.toLowerCase()}/${type.toLowerCase()}.resolvers.ts`;
  const files = project.files();
  expect(files[own] ?? files[`subgraphs/${domain}/src/external.resolvers.ts`]).toContain(`${resolver},\n`);
});

const shopRead = '@requiresScopes(scopes: [["shop:read"]])';
const shopWrite = '@requiresScopes(scopes: [["shop:write"]]) @cost(weight: 10)';
const page = '@listSize(assumedSize: 25, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)';

test.each([
  ['the type', 'order/order.graphql', `type Order implements Node @key(fields: "id") @typeId(prefix: "ord") ${shopRead} {`],
  ['its pages', 'order/order.graphql', `type OrderConnection ${shopRead} {`],
  ['the count of a list', 'order/order.graphql', 'totalCount: Int! @cost(weight: 5)'],
  ['the root field of one', 'order/order.graphql', `  ): Order ${shopRead}\n`],
  ['the root field of all', 'order/order.graphql', `  ): OrderConnection\n    ${shopRead}\n    ${page}\n`],
  ['a mutation', 'order/order.graphql', `  ): CreateOrderPayload ${shopWrite}\n`],
  ['a list of references', 'order/order.graphql', '  approvers: [Person] @listSize(assumedSize: 10)\n'],
  ['the way back', 'shop/shop.graphql', `  ): OrderConnection! ${page}\n`],
  ['what is added to an entity of another domain', 'external.graphql', `  ): OrderConnection ${page}\n`],
])('the contract says who may ask for %s, or what it costs', (_, file, line) => expect(project.read(`subgraphs/shop/src/${file}`)).toContain(line));

test('the TypeScript can be read, imports stand in the order of the alphabet, and each prefix is in the list of all', () => {
  const files = project.files();
  for (const [path, text] of Object.entries(files)) if (path.endsWith('.ts')) stripTypeScriptTypes(text);
  const imported = (path: string) => [...(files[path] ?? '').matchAll(/from '(.*)'/g)].map(([, from]) => from);
  expect(imported('subgraphs/shop/src/order/order.resolvers.ts')).toEqual([
    '@forge/subgraph-kit', '../generated/graphql.ts', '../item/item.entity.ts', './create-order.ts', './delete-order.ts', './order.entity.ts', './update-order.ts', '../shop/shop.entity.ts',
  ]);
  expect(imported('subgraphs/shop/src/resolvers.ts')).toEqual(['./external.resolvers.ts', './item/item.resolvers.ts', './order/order.resolvers.ts', './shop/shop.resolvers.ts']);
  expect(files['packages/subgraph-kit/src/type-ids.ts']).toContain("  // shop\n  Order: 'ord',\n  Item: 'itm',\n  Shop: 'shp',\n  // people\n  Person: 'per',\n} as const;");
});

test('the Prisma schemas make tables, foreign keys over the organisation too, and an index for each edge', async () => {
  const path = await writeMigration({ url: testServerUrl(), schemaDir: join(project.projectDir, 'prisma/shop'), name: 'first_tables', now: new Date() });
  const sql = project.read(path?.slice(project.projectDir.length) ?? '');
  expect(sql).toContain('FOREIGN KEY ("orgId", "shopId") REFERENCES "shops"("orgId", "id") ON DELETE RESTRICT');
  for (const index of ['("orgId", "personId", "occurredAt", "id")', 'USING GIN ("approverIds")', '("orgId", "shopId", "occurredAt", "id")', 'USING GIN ("itemIds")', '("orgId", "status", "occurredAt", "id")']) expect(sql).toContain(index);
});
