import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph)));
afterAll(() => graph.close());

const model = 'mutation ($modelKey: String!) { createModel(input: { modelKey: $modelKey, displayName: "M", inputPrice: "1", outputPrice: "1" }) { model { id } } }';
const dropModel = 'mutation ($id: ID!) { deleteModel(input: { id: $id }) { deletedId userErrors { code path } } }';
const create = 'mutation ($input: CreateModelRoutingRuleInput!) { createModelRoutingRule(input: $input) { modelRoutingRule { id priority enabled fallbackModels { modelKey } updatedAt } userErrors { code path message } } }';
const update = 'mutation ($input: UpdateModelRoutingRuleInput!) { updateModelRoutingRule(input: $input) { modelRoutingRule { name match fallbackModelIds } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteModelRoutingRuleInput!) { deleteModelRoutingRule(input: $input) { deletedId userErrors { code } } }';
const nowhere = 'mdl_01h455vb4pex5vsknk084sn02q';

let models: string[];
let theirs: string;
beforeAll(async () => {
  models = [];
  for (const key of ['a/1', 'b/2', 'c/3', 'd/4']) models.push(await aModel(key));
  theirs = await aModel('a/1', anotherOrganisation);
});

const aModel = async (modelKey: string, principal?: typeof anotherOrganisation) => (await graph.data(model, { modelKey }, principal)).createModel.model.id as string;
const aRule = async (input: object) => (await graph.data(create, { input: { name: 'Rule', match: {}, primaryModelId: models[0], ...input } })).createModelRoutingRule;
const change = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(update, { input }, principal)).updateModelRoutingRule;
const ruleCount = async () => (await graph.data('{ modelRoutingRules { totalCount } }')).modelRoutingRules.totalCount as number;

test('the fallbacks of a rule stay in the order they were given', async () => {
  const { modelRoutingRule } = await aRule({ fallbackModelIds: [models[3], models[1], models[2]] });
  expect(modelRoutingRule).toMatchObject({ priority: 0, enabled: true, fallbackModels: [{ modelKey: 'd/4' }, { modelKey: 'b/2' }, { modelKey: 'c/3' }] });
});

test.each([
  ['that lead nowhere', () => ({ fallbackModelIds: [models[1], nowhere, theirs] }), [['NOT_FOUND', 'fallbackModelIds.1'], ['NOT_FOUND', 'fallbackModelIds.2']]],
  ['that come twice', () => ({ fallbackModelIds: [models[1], models[2], models[1]] }), [['INVALID', 'fallbackModelIds.2']]],
  ['with the primary model among them', () => ({ fallbackModelIds: [models[1], models[0]] }), [['INVALID', 'fallbackModelIds']]],
  ['of which there are too many', () => ({ fallbackModelIds: Array(21).fill(nowhere).map((id: string, i) => `${id.slice(0, -2)}${10 + i}`) }), [['INVALID', 'fallbackModelIds']]],
])('fallbacks %s are refused, and nothing is written', async (_, fallbacks, faults) => {
  const before = await ruleCount();
  const { modelRoutingRule, userErrors } = await aRule(fallbacks());
  expect(modelRoutingRule).toBeNull();
  expect(userErrors.map(({ code, path }: { code: string; path: string[] }) => [code, path.slice(1).join('.')])).toEqual(faults);
  expect(await ruleCount()).toBe(before);
});

test('the primary model must be there, also for a change; of another organisation it is not', async () => {
  expect((await aRule({ primaryModelId: theirs })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'primaryModelId'] }]);
  const { id } = (await aRule({})).modelRoutingRule;
  expect((await change({ id, primaryModelId: nowhere })).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'primaryModelId'] }]);
});

test('a change of one of the two fields alone keeps the primary model out of the chain', async () => {
  const { id } = (await aRule({ fallbackModelIds: [models[1]] })).modelRoutingRule;
  const refused = [{ code: 'INVALID', path: ['input', 'fallbackModelIds'] }];
  expect((await change({ id, primaryModelId: models[1] })).userErrors).toEqual(refused);
  expect((await change({ id, fallbackModelIds: [models[0]] })).userErrors).toEqual(refused);
  expect((await change({ id, name: 'Half', fallbackModelIds: [models[2], nowhere] })).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'fallbackModelIds', '1'] }]);
  expect((await change({ id, primaryModelId: models[1], fallbackModelIds: [models[0]] })).modelRoutingRule).toEqual({ name: 'Rule', match: {}, fallbackModelIds: [models[0]] });
});

test.each([
  ['no object', [], 'match: must be a JSON object'],
  ['a slot that there is not', { slot: ['FAST', 'SLOW'] }, 'match.slot.1: must be one of DEFAULT, FAST, REASONING, VISION, EMBEDDING'],
  ['a tier that there is not', { tier: 'personal' }, 'match.tier: must be one of OPERATOR, DEPARTMENT, PERSONAL'],
  ['a list of nothing', { complexity: [] }, 'match.complexity: needs 1 to 50 values'],
  ['an object for a value', { complexity: { gt: 3 } }, 'match.complexity: must be a text, a number, a boolean, or a list of them'],
])('a match with %s is refused with its place', async (_, match, message) => {
  expect((await aRule({ match })).userErrors.map((each: { message: string }) => each.message)).toEqual([message]);
});

test('of a rule and the deletion of its fallback, at once, one wins', async () => {
  for (let i = 0; i < 8; i++) {
    const id = await aModel(`race/${i}`);
    const [rule, deletion] = await Promise.all([aRule({ fallbackModelIds: [id] }), graph.data(dropModel, { id })]);
    const outcome = [rule.userErrors, deletion.deleteModel.userErrors].map((faults) => faults[0]?.code ?? 'written');
    expect([['written', 'CONFLICT'], ['NOT_FOUND', 'written']]).toContainEqual(outcome);
  }
});

test('a model is not deleted while a rule has it, first or as a fallback, and lists the rules that do', async () => {
  const [first, second] = [await aModel('kept/first'), await aModel('kept/second')];
  const { id } = (await aRule({ primaryModelId: first, fallbackModelIds: [second] })).modelRoutingRule;
  for (const kept of [first, second]) {
    expect((await graph.data(dropModel, { id: kept })).deleteModel.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  }
  const edges = 'query ($id: ID!) { model(id: $id) { routingRules { nodes { id } } fallbackRules { nodes { id } } } }';
  expect(await graph.data(edges, { id: first })).toEqual({ model: { routingRules: { nodes: [{ id }] }, fallbackRules: { nodes: [] } } });
  expect(await graph.data(edges, { id: second })).toEqual({ model: { routingRules: { nodes: [] }, fallbackRules: { nodes: [{ id }] } } });
  expect((await graph.data(remove, { input: { id } })).deleteModelRoutingRule).toEqual({ deletedId: id, userErrors: [] });
  expect((await graph.data(dropModel, { id: second })).deleteModel.deletedId).toBe(second);
});

test('the models of a page of rules are one statement, however many rules and fallbacks', async () => {
  graph.statements.clear();
  const { modelRoutingRules } = await graph.data('{ modelRoutingRules(orderBy: [{ field: PRIORITY, direction: DESC }]) { nodes { primaryModel { modelKey } fallbackModels { modelKey } } } }');
  expect(modelRoutingRules.nodes.length).toBeGreaterThan(2);
  expect(graph.statements.texts).toHaveLength(2);
});

test('a change after another one is refused, and another organisation changes nothing', async () => {
  const { id, updatedAt } = (await aRule({})).modelRoutingRule;
  expect((await change({ id, expectedVersion: updatedAt, priority: 5 })).userErrors).toEqual([]);
  expect((await change({ id, expectedVersion: updatedAt, priority: 6 })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  const unknown = [{ code: 'NOT_FOUND', path: ['input', 'id'] }];
  expect((await change({ id, priority: 7, fallbackModelIds: [models[1]] }, anotherOrganisation)).userErrors).toEqual(unknown);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteModelRoutingRule.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await runSql(graph.databaseUrl, 'SELECT "priority" FROM "modelRoutingConfig" WHERE "id" = $1', [id])).toEqual([{ priority: 5 }]);
});
