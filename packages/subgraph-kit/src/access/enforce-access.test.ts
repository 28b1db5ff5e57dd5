import { demoPrincipal } from '@forge/auth';
import { graphql, parse } from 'graphql';
import { buildSchema } from '../subgraph.ts';
import { checkedFields } from './enforce-access.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])
  type Query {
    order: Order @requiresScopes(scopes: [["workflow:read"]])
    orders: OrderConnection @requiresScopes(scopes: [["workflow:read"]])
    newest: Thing @requiresScopes(scopes: [["workflow:read"]])
    version: String! @authenticated
  }
  type Mutation {
    sendOrder: SendOrderPayload @requiresScopes(scopes: [["workflow:execute"], ["gateways:runtime"]])
    payOrder: Invoice @requiresScopes(scopes: [["workflow:write", "budget:write"]])
  }
  interface Thing { id: ID! }
  type Order implements Thing @key(fields: "id") @requiresScopes(scopes: [["workflow:read"], ["gateways:runtime"]]) {
    id: ID!
    name: String!
    margin: String @requiresScopes(scopes: [["governance:audit"]])
    invoice: Invoice
    related: OrderConnection
  }
  type Invoice implements Thing @key(fields: "id") @requiresScopes(scopes: [["budget:read"]]) { id: ID! cents: Int! }
  type OrderConnection @requiresScopes(scopes: [["workflow:read"]]) { edges: [OrderEdge!]! nodes: [Order!]! }
  type OrderEdge { node: Order! }
  type SendOrderPayload { order: Order }
  type Person @key(fields: "id") { id: ID! orders: OrderConnection }
`);

const ran: string[] = [];
const order = { __typename: 'Order', id: 'ord_1', name: 'paper', margin: '3', invoice: { __typename: 'Invoice', id: 'inv_1', cents: 5 } };
const orders = { edges: [{ node: order }], nodes: [order] };
const run = (name: string, answer: unknown) => () => {
  ran.push(name);
  return answer;
};
const schema = buildSchema(typeDefs, [{
  Query: { order: run('order', order), orders: run('orders', orders), newest: run('newest', order.invoice), version: () => '1' },
  Mutation: { sendOrder: run('sendOrder', { order }), payOrder: run('payOrder', order.invoice) },
  Order: { related: run('related', orders), __resolveReference: run('an order', order) },
  Invoice: { __resolveReference: run('an invoice', order.invoice) },
  Person: { orders: run('the orders of a person', orders) },
}]);

const ask = async (scopes: string[], source: string, variableValues: Record<string, unknown> = {}) => {
  ran.length = 0;
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: { principal: { ...demoPrincipal, scopes } } });
  return JSON.parse(JSON.stringify({ data, errors: errors?.map(({ message, path, extensions }) => ({ message, path, code: extensions['code'] })) })) as unknown;
};
const forbidden = (scope: string, ...path: (string | number)[]) => ({ message: `This needs the scope ${scope}.`, path, code: 'FORBIDDEN' });

test('a field that needs a scope is null with an error that names it, whatever its alias; the rest is answered', async () => {
  expect(await ask(['workflow:read'], '{ mine: order { name ...More } version } fragment More on Order { ... on Thing { ... on Order { spread: margin invoice { cents } } } }')).toEqual({
    data: { mine: { name: 'paper', spread: null, invoice: null }, version: '1' },
    errors: [forbidden('governance:audit', 'mine', 'spread'), forbidden('budget:read', 'mine', 'invoice')],
  });
});

test('whoever has the scopes is answered without errors', async () => {
  expect(await ask(['workflow:write', 'governance:audit', 'budget:spend'], '{ order { margin invoice { cents } related { edges { node { name } } } } }')).toEqual({
    data: { order: { margin: '3', invoice: { cents: 5 }, related: { edges: [{ node: { name: 'paper' } }] } } },
  });
});

test('whoever has none is answered no root field that needs one', async () => {
  expect(await ask([], '{ order { id } orders { edges { node { id } } } }')).toEqual({ data: { order: null, orders: null }, errors: [forbidden('workflow:read', 'order'), forbidden('workflow:read', 'orders')] });
  expect(ran).toEqual([]);
});

test('a mutation that is forbidden does not run, the next one does', async () => {
  expect(await ask(['workflow:execute', 'budget:write'], 'mutation { payOrder { id } sendOrder { order { id } } }')).toEqual({
    data: { payOrder: null, sendOrder: { order: { id: 'ord_1' } } },
    errors: [{ message: 'This needs the scopes workflow:write and budget:write.', path: ['payOrder'], code: 'FORBIDDEN' }],
  });
  expect(ran).toEqual(['sendOrder']);
});

test('what a runtime may see of a mutation it may call ends where lists begin', async () => {
  expect(await ask(['gateways:runtime'], 'mutation { sendOrder { order { name related { nodes { id } } } } }')).toEqual({
    data: { sendOrder: { order: { name: 'paper', related: null } } },
    errors: [forbidden('workflow:read', 'sendOrder', 'order', 'related')],
  });
  expect(ran).toEqual(['sendOrder']);
});

test('a type that an interface leads to is checked by its own name', async () => {
  expect(await ask(['workflow:read'], '{ newest { id } }')).toEqual({ data: { newest: null }, errors: [forbidden('budget:read', 'newest', 'id')] });
  expect(await ask(['workflow:read', 'budget:read'], '{ newest { id } }')).toEqual({ data: { newest: { id: 'inv_1' } } });
});

const entities = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { name } ... on Invoice { cents } ... on Person { orders { nodes { id } } } } }';
const representations = [{ __typename: 'Invoice', id: 'inv_1' }, { __typename: 'Order', id: 'ord_1' }, { __typename: 'Person', id: 'wrk_1' }, { __typename: 'Invoice', id: 'inv_1' }];

test('each representation is checked for its own type, and no row is read for those that are refused', async () => {
  expect(await ask(['workflow:read'], entities, { representations })).toEqual({
    data: { _entities: [null, { name: 'paper' }, { orders: { nodes: [{ id: 'ord_1' }] } }, null] },
    errors: [forbidden('budget:read', '_entities', 0), forbidden('budget:read', '_entities', 3)],
  });
  expect(ran).toEqual(['an order', 'the orders of a person']);
});

test('what a domain adds to the entity of another is checked where it is asked for', async () => {
  expect(await ask(['budget:read'], entities, { representations })).toMatchObject({
    data: { _entities: [{ cents: 5 }, null, { orders: null }, { cents: 5 }] },
    errors: [{ message: 'This needs the scope workflow:read or gateways:runtime.', path: ['_entities', 1] }, forbidden('workflow:read', '_entities', 2, 'orders')],
  });
});

test('only fields whose requirement is not met by the way to them are checked when they are asked for', () => {
  expect(checkedFields(schema).map(({ type, field, left }) => `${type.name}.${field.name} ${JSON.stringify(left)}`)).toEqual([
    'Query.order [[["workflow:read"]]]',
    'Query.orders [[["workflow:read"]]]',
    'Query.newest [[["workflow:read"]]]',
    'Mutation.sendOrder [[["workflow:execute"],["gateways:runtime"]]]',
    'Mutation.payOrder [[["workflow:write","budget:write"]]]',
    'Order.margin [[["governance:audit"]]]',
    'Order.invoice [[["budget:read"]]]',
    'Order.related [[["workflow:read"]]]',
    'Invoice.id [[["budget:read"]]]',
    'Invoice.cents [[["budget:read"]]]',
    'Person.orders [[["workflow:read"]]]',
  ]);
});
