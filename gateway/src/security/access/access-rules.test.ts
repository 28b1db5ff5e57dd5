import { buildASTSchema, parse } from 'graphql';
import { readAccessRules } from './access-rules.ts';

const schema = buildASTSchema(parse(`
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE
  directive @authenticated on FIELD_DEFINITION
  interface Node @requiresScopes(scopes: [["chat:read", "workflow:read"], ["workforce:read", "workflow:read"]]) { id: ID! }
  type Query { free: Int @authenticated worker(id: ID!): Worker @requiresScopes(scopes: [["workforce:write"]]) workers: [Worker] node: Node }
  type Worker implements Node @requiresScopes(scopes: [["workforce:read"], ["chat:read"]]) { id: ID! pay: Int @requiresScopes(scopes: [["budget:read", "workforce:write"]]) task: Task }
  type Step @requiresScopes(scopes: [["workflow:read"], ["gateways:runtime"]]) { id: ID! task: Task sub: Step @requiresScopes(scopes: [["workflow:execute"]]) }
  type Task implements Node @requiresScopes(scopes: [["workflow:read"]]) { id: ID! }
`), { assumeValidSDL: true });
const rules = readAccessRules(schema);

const refusal = (scopes: readonly string[], requirement: number) => rules.grantsOf(scopes).refusal(requirement);

test.each<[string, string, string[], string]>([
  ['Query', 'free', [], ''],
  ['Query', 'workers', ['workforce:read'], ''],
  ['Query', 'workers', ['chat:read'], ''],
  ['Query', 'workers', ['budget:read'], 'This needs the scope workforce:read or chat:read.'],
  ['Query', 'workers', ['admin'], ''],
  ['Query', 'worker', ['chat:read'], 'This needs the scope workforce:write.'],
  ['Query', 'node', [], ''],
  ['Worker', 'task', ['chat:read'], 'This needs the scope workflow:read.'],
  ['Worker', 'pay', ['budget:read', 'workforce:write'], ''],
  ['Worker', 'pay', ['budget:read', 'chat:read'], 'This needs the scopes budget:read and workforce:write.'],
  ['Step', 'task', ['chat:read'], 'This needs the scope workflow:read.'],
  ['Step', 'sub', ['chat:read'], 'This needs the scope workflow:execute.'],
  ['Worker', 'id', [], 'This needs the scope workforce:read or chat:read.'],
])('%s.%s with %j: %j', (type, field, scopes, message) => {
  const requirement = rules.field(type, field);
  expect(refusal(scopes, requirement)).toBe(message);
  expect(rules.grantsOf(scopes).allows(requirement)).toBe(message === '');
});

test('what is reached by its id alone needs what its own root field needs, too', () => {
  expect(refusal(['chat:read'], rules.node('Worker'))).toBe('This needs the scope workforce:write.');
  expect(refusal([], rules.node('Task'))).toBe('This needs the scope workflow:read.');
});

test('the order of scopes does not matter', () => {
  expect(rules.grantsOf(['a', 'b'])).toBe(rules.grantsOf(['b', 'a']));
});
