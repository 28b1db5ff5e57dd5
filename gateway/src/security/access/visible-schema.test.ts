import { buildASTSchema, parse, type GraphQLInterfaceType } from 'graphql';
import { readAccessRules } from './access-rules.ts';
import { visibleSchemas } from './visible-schema.ts';

const schema = buildASTSchema(parse(`
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  interface Node { id: ID! }
  type Query { tasks(where: TaskFilter): [Task] node: Node workers(where: WorkerFilter): [Worker] @requiresScopes(scopes: [["workforce:read"]]) }
  type Mutation { hire(input: Hire!): Worker @requiresScopes(scopes: [["workforce:write"]]) }
  input TaskFilter { title: String }
  input WorkerFilter { mood: Mood }
  input Hire { name: String }
  enum Mood { GOOD }
  type Task implements Node { id: ID! pay: Int @requiresScopes(scopes: [["budget:read"]]) assignee: Worker }
  type Worker implements Node @requiresScopes(scopes: [["workforce:read"]]) { id: ID! mood: Mood }
`), { assumeValidSDL: true });
const access = readAccessRules(schema);
const visible = visibleSchemas(schema, access);
const namesOf = (scopes: readonly string[]) => Object.keys(visible(access.grantsOf(scopes)).getTypeMap()).filter((name) => !name.startsWith('__')).sort();

test('who may see everything sees the schema itself', () => {
  expect(visible(access.grantsOf(['admin']))).toBe(schema);
});

test('fields that are not open are not seen, nor what only they lead to', () => {
  const seen = visible(access.grantsOf([]));
  expect(namesOf([])).toEqual(['Boolean', 'ID', 'Node', 'Query', 'String', 'Task', 'TaskFilter']);
  expect(seen.getType('Task')).toMatchObject({ _fields: { id: expect.anything() } });
  expect(Object.keys((seen.getType('Task') as unknown as { getFields(): object }).getFields())).toEqual(['id']);
});

test('an interface has the fields that all its types have for who sees them', () => {
  const paid = buildASTSchema(parse(`
    directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
    interface Paid { name: String pay: Int }
    type Query { paid: [Paid] }
    type Task implements Paid @requiresScopes(scopes: [["workflow:read"]]) { name: String pay: Int }
    type Worker implements Paid { name: String pay: Int @requiresScopes(scopes: [["budget:read"]]) }
  `), { assumeValidSDL: true });
  const rules = readAccessRules(paid);
  const fieldsFor = (scopes: readonly string[]) => Object.keys((visibleSchemas(paid, rules)(rules.grantsOf(scopes)).getType('Paid') as GraphQLInterfaceType).getFields());
  expect([[], ['workflow:read'], ['budget:read'], ['admin']].map(fieldsFor)).toEqual([['name'], ['name'], ['name', 'pay'], ['name', 'pay']]);
});

test('a scope brings what it opens', () => {
  expect(namesOf(['workforce:read'])).toEqual(expect.arrayContaining(['Worker', 'WorkerFilter', 'Mood']));
  expect(namesOf(['workforce:read'])).not.toContain('Hire');
});
