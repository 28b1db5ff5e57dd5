import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createAgentsSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('agents'), createAgentsSubgraph)));
afterAll(() => graph.close());

const skill = 'skd_01h455vb4pex5vsknk084sn02q';
const create = `mutation ($input: CreateAgentDefinitionInput!) { createAgentDefinition(input: $input) {
  agentDefinition { id agentId status lifecyclePhase createdAt phaseExpiresAt version trustLevel constraints budgetMonthlyCents updatedAt } userErrors { code message path } } }`;
const update = `mutation ($input: UpdateAgentDefinitionInput!) { updateAgentDefinition(input: $input) { agentDefinition { name version } userErrors { code path } } }`;
const revisions = `query ($id: ID!) { agentDefinition(id: $id) { configRevisions(orderBy: [{ field: REVISION }]) { nodes { revision patch reason snapshot changedById } } } }`;
const delegate = `mutation ($input: CreateAgentSkillDelegationInput!) { createAgentSkillDelegation(input: $input) { agentSkillDelegation { id } userErrors { code path } } }`;

async function aDefinition(agentId: string, input: object = {}) {
  return (await graph.data(create, { input: { agentId, name: agentId, tier: 'PERSONAL', ...input } })).createAgentDefinition.agentDefinition;
}

test('a new definition is a draft in proof of concept that expires after 60 days', async () => {
  const made = await aDefinition('invoice-clerk', { budgetMonthlyCents: '1000.50', constraints: { regions: ['eu'] } });
  expect(made).toMatchObject({ status: 'DRAFT', lifecyclePhase: 'POC', version: 1, trustLevel: 1, constraints: { regions: ['eu'] }, budgetMonthlyCents: '1000.5' });
  expect(Date.parse(made.phaseExpiresAt) - Date.parse(made.createdAt)).toBeCloseTo(60 * 86_400_000, -4);
});

test('every change writes a revision with the patch that leads to it', async () => {
  const { id } = await aDefinition('patched');
  await graph.data(update, { input: { id, name: 'Patched', reason: 'a better name', changedById: 'wrk_01h455vb4pex5vsknk084sn02q' } });
  const { nodes } = (await graph.data(revisions, { id })).agentDefinition.configRevisions;
  expect(nodes[0]).toMatchObject({ revision: 1, reason: 'created', snapshot: { name: 'patched' } });
  expect(nodes[1]).toMatchObject({ revision: 2, reason: 'a better name', changedById: 'wrk_01h455vb4pex5vsknk084sn02q', snapshot: { name: 'Patched' } });
  expect(nodes[1].patch).toEqual(expect.arrayContaining([{ op: 'replace', path: '/name', value: 'Patched' }, { op: 'replace', path: '/version', value: 2 }]));
});

test('what is ACTIVE or in PRODUCTION keeps what that takes', async () => {
  const { id } = await aDefinition('relied-upon', { promptText: 'Be exact.', defaultModelId: 'mdl_01h455vb4pex5vsknk084sn02q', riskTier: 'LOW', ownerId: 'wrk_01h455vb4pex5vsknk084sn02q', owningTeamId: 'tea_01h455vb4pex5vsknk084sn02q', roleId: 'rol_01h455vb4pex5vsknk084sn02q' });
  await runSql(graph.databaseUrl, `UPDATE "agentDefinitions" SET "status" = 'ACTIVE', "lifecyclePhase" = 'PRODUCTION' WHERE "id" = $1`, [id]);
  const refused = { agentDefinition: null, userErrors: [{ code: 'INVALID', path: ['input'] }] };
  expect((await graph.data(update, { input: { id, defaultModelId: null } })).updateAgentDefinition).toEqual(refused);
  expect((await graph.data(update, { input: { id, ownerId: null } })).updateAgentDefinition).toEqual(refused);
  expect((await graph.data(update, { input: { id, promptText: null, promptId: 'prm_01h455vb4pex5vsknk084sn02q' } })).updateAgentDefinition.userErrors).toEqual([]);
});

test('a template counts the definitions that are made from it', async () => {
  const made = (await graph.data('mutation { createAgentTemplate(input: { category: "Finance", name: "Clerk", config: {} }) { agentTemplate { id } } }')).createAgentTemplate.agentTemplate;
  await Promise.all(['one', 'two', 'three'].map((name) => aDefinition(`from-template-${name}`, { templateId: made.id })));
  expect(await graph.data('query ($id: ID!) { agentTemplate(id: $id) { usageCount agentDefinitions { totalCount } } }', made)).toEqual({ agentTemplate: { usageCount: 3, agentDefinitions: { totalCount: 3 } } });
});

test('twenty changes at once leave twenty revisions without a gap', async () => {
  const { id } = await aDefinition('busy');
  await Promise.all(Array.from({ length: 20 }, (_, i) => graph.data(update, { input: { id, purpose: `purpose ${i}` } })));
  const { nodes } = (await graph.data(revisions, { id })).agentDefinition.configRevisions;
  expect(nodes.map((each: { revision: number }) => each.revision)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
});

test('a change that nobody else may see in between is refused after another one', async () => {
  const { id, updatedAt } = await aDefinition('contended');
  await graph.data(update, { input: { id, purpose: 'first' } });
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, purpose: 'second' } })).updateAgentDefinition.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await graph.data(update, { input: { id, purpose: 'x' } }, anotherOrganisation)).updateAgentDefinition.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('rubbish is refused with every fault at once', async () => {
  const { userErrors } = (await graph.data(create, { input: { agentId: 'Not A Slug', name: ' ', tier: 'PERSONAL', trustLevel: 11, budgetMonthlyCents: '-1', constraints: [], skillIds: ['x'] } })).createAgentDefinition;
  expect(userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.'))).toEqual(['agentId', 'name', 'budgetMonthlyCents', 'trustLevel', 'skillIds.0', 'constraints']);
});

describe('a delegation', () => {
  const between = async (from: { id: string }, to: { id: string }, input: object = {}) =>
    (await graph.data(delegate, { input: { fromDefinitionId: from.id, toDefinitionId: to.id, skillId: skill, ...input } })).createAgentSkillDelegation;

  test('needs a giver that has the skill, and a taker that is another', async () => {
    const [giver, taker] = [await aDefinition('giver', { skillIds: [skill] }), await aDefinition('taker')];
    expect((await between(giver, taker)).userErrors).toEqual([]);
    expect((await between(taker, giver)).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'skillId'] }]);
    expect((await between(giver, giver)).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'toDefinitionId'] }]);
    expect((await between(giver, { id: 'agd_01h455vb4pex5vsknk084sn02q' })).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'toDefinitionId'] }]);
    expect((await between(giver, taker, { expiresAt: '2020-01-01T00:00:00Z' })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'expiresAt'] }]);
  });

  test('never comes back to its giver, not even when two that would close the circle come at once', async () => {
    const three = await Promise.all(['a', 'b', 'c'].map((name) => aDefinition(`ring-${name}`, { skillIds: [skill] })));
    const answers = await Promise.all(three.map((giver, i) => between(giver, three[(i + 1) % 3])));
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'written').toSorted()).toEqual(['INVALID', 'written', 'written']);
  });
});
