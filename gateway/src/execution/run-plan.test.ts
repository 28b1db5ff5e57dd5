import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { demoPrincipal } from '@forge/auth';
import { buildSchema } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from '../transport/transport.ts';
import { runPlan } from './run-plan.ts';
import { typeChecker } from './types.ts';

const schema = buildSchema('type Query { tasks: [Task] } type Task { id: ID! assignee: Worker } interface Node { id: ID! } type Worker implements Node { id: ID! name: String }');
const context = { principal: demoPrincipal };

async function run(node: PlanNode, answers: Readonly<Record<string, SubgraphResponse>>, variables: Record<string, unknown> = {}) {
  const asked: (SubgraphRequest & { subgraph: string })[] = [];
  const fetch = async (subgraph: string, request: SubgraphRequest) => {
    asked.push({ subgraph, ...request });
    return structuredClone(answers[subgraph] ?? { data: null });
  };
  return { ...(await runPlan({ kind: 'QueryPlan', node }, { fetch, context, variables, withDefaults: variables, isOfType: typeChecker(schema) })), asked };
}

const fetchOf = (serviceName: string, more: Partial<FetchNode> = {}): FetchNode => ({ kind: 'Fetch', serviceName, operation: `{ ${serviceName} }`, operationName: undefined, operationKind: 'query' as FetchNode['operationKind'], ...more });
const workerKey: FetchNode['requires'] = [{ kind: 'InlineFragment', typeCondition: 'Worker', selections: [{ kind: 'Field', name: '__typename' }, { kind: 'Field', name: 'id' }] }];
const names: PlanNode = { kind: 'Flatten', path: ['tasks', '@', 'assignee'], node: fetchOf('workers', { requires: workerKey }) };
const worker = (id: string) => ({ __typename: 'Worker', id });
const tasks = { data: { tasks: [{ assignee: worker('1') }, { assignee: null }, { assignee: worker('2') }, null, { assignee: worker('1') }] } };
const both: PlanNode = { kind: 'Sequence', nodes: [fetchOf('tasks'), names] };

test('each entity is asked for once and answered everywhere', async () => {
  const { data, errors, asked } = await run(both, { tasks, workers: { data: { _entities: [{ name: 'Ada' }, { name: 'Bob' }] } } });
  expect(asked[1]?.variables).toEqual({ representations: [worker('1'), worker('2')] });
  expect(data['tasks']).toEqual([{ assignee: { ...worker('1'), name: 'Ada' } }, { assignee: null }, { assignee: { ...worker('2'), name: 'Bob' } }, null, { assignee: { ...worker('1'), name: 'Ada' } }]);
  expect(errors).toEqual([]);
});

test('an error at an entity is an error at each place that shows it, past the nulls', async () => {
  const { errors } = await run(both, { tasks, workers: { data: { _entities: [null, { name: 'Bob' }] }, errors: [{ message: 'no', path: ['_entities', 0, 'name'] }, { message: 'all', path: ['_entities', 1] }] } });
  expect(errors.map(({ message, path }) => [message, path])).toEqual([
    ['no', ['tasks', 0, 'assignee', 'name']], ['no', ['tasks', 4, 'assignee', 'name']], ['all', ['tasks', 2, 'assignee']],
  ]);
});

test('an answer with another number of entities is a fault at each place', async () => {
  const { errors } = await run(both, { tasks, workers: { data: { _entities: [{ name: 'Ada' }] } } });
  expect(errors.map(({ path }) => path?.join('.'))).toEqual(['tasks.0.assignee', 'tasks.4.assignee', 'tasks.2.assignee']);
});

test('an error about all entities is one at each place', async () => {
  const { errors } = await run(both, { tasks, workers: { errors: [{ message: 'not now', path: ['_entities'] }] } });
  expect(errors.map(({ message, path }) => [message, path?.join('.')])).toEqual([['not now', 'tasks.0.assignee'], ['not now', 'tasks.4.assignee'], ['not now', 'tasks.2.assignee']]);
});

test('nobody is asked for entities when there are none', async () => {
  const { asked } = await run(both, { tasks: { data: { tasks: [] } } });
  expect(asked).toHaveLength(1);
});

test('a fetch gets the variables that it uses and that were given', async () => {
  const { asked } = await run(fetchOf('tasks', { variableUsages: ['a', 'b', 'toString'] }), { tasks }, { a: 1, c: 3 });
  expect(asked[0]?.variables).toEqual({ a: 1 });
});

test.each([[true, ['workers']], [false, ['tasks']]])('a condition that is %p fetches from %p', async (yes, subgraphs) => {
  const { asked } = await run({ kind: 'Condition', condition: 'yes', ifClause: fetchOf('workers'), elseClause: fetchOf('tasks') }, {}, { yes });
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(subgraphs);
});

test('aliases of the planner are taken back, from data and from the paths of errors', async () => {
  const outputRewrites: FetchNode['outputRewrites'] = [{ kind: 'KeyRenamer', path: ['... on Worker', 'name__alias_0'], renameKeyTo: 'name' }];
  const plan: PlanNode = { kind: 'Sequence', nodes: [fetchOf('tasks'), { ...names, node: fetchOf('workers', { requires: workerKey, outputRewrites }) }] };
  const { data, errors } = await run(plan, { tasks: { data: { tasks: [{ assignee: worker('1') }] } }, workers: { data: { _entities: [{ name__alias_0: 'Ada' }] }, errors: [{ message: 'late', path: ['_entities', 0, 'name__alias_0'] }] } });
  expect(data['tasks']).toEqual([{ assignee: { ...worker('1'), name: 'Ada' } }]);
  expect(errors[0]?.path).toEqual(['tasks', 0, 'assignee', 'name']);
});

test('what two fetches answer for one object is put together', async () => {
  const plan: PlanNode = { kind: 'Parallel', nodes: [fetchOf('tasks'), fetchOf('workers')] };
  const { data } = await run(plan, { tasks: { data: { tasks: [{ id: '1' }], a: { x: 1 } } }, workers: { data: { tasks: [{ title: 'One' }], a: { y: 2 }, b: null } } });
  expect(data).toEqual({ tasks: [{ id: '1', title: 'One' }], a: { x: 1, y: 2 }, b: null });
});

test('an entity that stands at several places is fetched, merged and reported for all of them', async () => {
  const boss: PlanNode = { kind: 'Flatten', path: ['tasks', '@', 'assignee', 'boss'], node: fetchOf('bosses', { requires: workerKey }) };
  const plan: PlanNode = { kind: 'Sequence', nodes: [fetchOf('tasks'), names, boss] };
  const { data, errors, asked } = await run(plan, {
    tasks: { data: { tasks: [{ assignee: worker('1') }, { assignee: worker('1') }] } },
    workers: { data: { _entities: [{ boss: worker('2') }] } },
    bosses: { data: { _entities: [{ name: null }] }, errors: [{ message: 'no', path: ['_entities', 0, 'name'] }] },
  });
  const seen = { assignee: { ...worker('1'), boss: { ...worker('2'), name: null } } };
  expect(data['tasks']).toEqual([seen, seen]);
  expect(asked[2]?.variables).toEqual({ representations: [worker('2')] });
  expect(errors.map(({ path }) => path?.join('.'))).toEqual(['tasks.0.assignee.boss.name', 'tasks.1.assignee.boss.name']);
});

test('a fetch of root fields below the root is an answer, and an error, at each place', async () => {
  const plan: PlanNode = { kind: 'Sequence', nodes: [fetchOf('tasks'), { kind: 'Flatten', path: ['made', '@', 'query'], node: fetchOf('workers') }] };
  const { data, errors, asked } = await run(plan, { tasks: { data: { made: [{ query: { a: 1 } }, { query: null }, { query: {} }] } }, workers: { data: { me: null }, errors: [{ message: 'who?', path: ['me'] }] } });
  expect(data).toEqual({ made: [{ query: { a: 1, me: null } }, { query: null }, { query: { me: null } }] });
  expect(errors.map(({ path }) => path?.join('.'))).toEqual(['made.0.query.me', 'made.2.query.me']);
  expect(asked).toHaveLength(2);
});

test('which type an object has stays with who knows it', async () => {
  const { data } = await run(both, { tasks: { data: { tasks: [{ assignee: worker('1') }] } }, workers: { data: { _entities: [{ __typename: 'Node', name: 'Ada' }] } } });
  expect(data['tasks']).toEqual([{ assignee: { ...worker('1'), name: 'Ada' } }]);
});

test.each<[string, unknown, unknown[]]>([
  ['data that is no object', { data: [1] }, []],
  ['errors that are no list', { errors: 'broken' }, [{ message: 'The subgraph does not say what is wrong.' }]],
  ['errors that are anything', { data: { a: 1 }, errors: [null, { message: '' }, { message: 'so', path: 'a', extensions: [] }, { message: 'it', path: [{}], extensions: { code: 'X' } }] }, [
    { message: 'The subgraph does not say what is wrong.' }, { message: 'The subgraph does not say what is wrong.' }, { message: 'so' }, { message: 'it', extensions: { code: 'X' } },
  ]],
  ['entities that are no list', { data: { _entities: {} } }, []],
])('a subgraph may answer %s', async (_, answer, expected) => {
  const { errors } = await run(fetchOf('tasks'), { tasks: answer as SubgraphResponse });
  expect(errors).toEqual(expected);
});

test('an entity that is anything but an object is none', async () => {
  const { data, errors } = await run(both, { tasks, workers: { data: { _entities: ['Ada', null] } } });
  expect(data['tasks']).toEqual(tasks.data.tasks);
  expect(errors).toEqual([]);
});
