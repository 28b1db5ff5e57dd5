import { isObjectType, parse, validate } from 'graphql';
import { pino } from 'pino';
import { startPlanner } from '../planning/start-planner.ts';
import { composeSupergraph } from './compose.ts';
import { loadSupergraph } from './supergraph.ts';

const subgraph = (name: string, body: string) => ({
  name,
  url: `http://${name}.test/graphql`,
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@inaccessible", "@cost", "@listSize"])\n${body}`,
});

test('a supergraph with access and cost directives is planned for, and we keep what it says', async () => {
  const sdl = composeSupergraph([
    subgraph('workers', `
      type Query { workers: [Worker!] @authenticated @listSize(assumedSize: 25) credential(hash: String!): Credential @inaccessible }
      type Worker @key(fields: "id") @requiresScopes(scopes: [["workforce:read"]]) { id: ID! name: String @cost(weight: 3) secret: String @inaccessible }
      type Credential @inaccessible { subject: ID! }`),
    subgraph('tasks', 'type Query { tasks: [Task!] } type Task { worker: Worker } type Worker @key(fields: "id") { id: ID! tasks: [Task!] }'),
  ]);
  const { planner, apiSdl } = await startPlanner(sdl, { logger: pino({ level: 'silent' }) });
  const { id, schema, apiSchema, subgraphs } = await loadSupergraph(sdl, apiSdl);
  await planner.close();

  const directivesOn = (type: string, field: string) => {
    const found = schema.getType(type);
    return isObjectType(found) ? found.getFields()[field]?.astNode?.directives?.map(({ name }) => name.value) : undefined;
  };
  expect(directivesOn('Query', 'workers')).toEqual(expect.arrayContaining(['authenticated', 'listSize']));
  expect(directivesOn('Worker', 'name')).toContain('cost');
  expect(schema.getType('Worker')?.astNode?.directives?.map(({ name }) => name.value)).toContain('requiresScopes');
  expect(directivesOn('Worker', 'secret')).toContain('inaccessible');

  const faults = (query: string) => validate(apiSchema, parse(query)).map(({ message }) => message);
  expect(faults('{ workers { name tasks { worker { id } } } }')).toEqual([]);
  expect(faults('{ workers { secret } credential(hash: "") { subject } }')).toEqual([expect.stringContaining('"secret"'), expect.stringContaining('"credential"')]);
  expect(apiSchema.getType('Credential')).toBeUndefined();
  expect(subgraphs).toEqual([
    { symbol: 'TASKS', name: 'tasks', url: 'http://tasks.test/graphql' },
    { symbol: 'WORKERS', name: 'workers', url: 'http://workers.test/graphql' },
  ]);
  expect(id).toMatch(/^[0-9a-f]{16}$/);
});
