import { scopes } from '@forge/auth';
import { checkedFields, requirementsOn, type Requirement } from '@forge/subgraph-kit';
import { buildASTSchema, getNamedType, isInterfaceType, isNonNullType, isObjectType, parse, valueFromASTUntyped, type ConstDirectiveNode, type GraphQLField, type GraphQLNamedType, type GraphQLObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const sdl = readFileSync(join(import.meta.dirname, '../../../../gateway/supergraph.graphql'), 'utf8');
const schema = buildASTSchema(parse(sdl), { assumeValid: true });
type Field = GraphQLField<unknown, unknown>;
interface Placed { readonly name: string; readonly type: GraphQLObjectType; readonly field: Field }

const types = Object.values(schema.getTypeMap()).filter(isObjectType).filter(({ name }) => !name.startsWith('__'));
const fields = types.flatMap((type) => Object.values(type.getFields()).map((field): Placed => ({ name: `${type.name}.${field.name}`, type, field })));
const roots = fields.filter(({ type }) => [schema.getQueryType(), schema.getMutationType()].includes(type));
const entities = types.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));

const directivesOn = ({ astNode }: Field | GraphQLObjectType, name: string): Record<string, unknown>[] =>
  (astNode?.directives ?? []).filter((directive: ConstDirectiveNode) => directive.name.value === name)
    .map(({ arguments: all }) => Object.fromEntries((all ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])));
const isDecided = (element: Field | GraphQLObjectType) => requirementsOn(element).length > 0 || directivesOn(element, 'authenticated').length > 0;
const namesOf = (placed: readonly { readonly name: string }[]) => placed.map(({ name }) => name);

/** The domains that a field comes from; those of its type when it says none. */
const domainsOf = ({ type, field }: Placed) =>
  [directivesOn(field, 'join__field'), directivesOn(type, 'join__type')].find((all) => all.length > 0)?.map(({ graph }) => String(graph).toLowerCase()) ?? [];
/** The domain whose entity a type is. */
const ownerOf = (type: GraphQLObjectType) => directivesOn(type, 'join__implements').map(({ graph }) => String(graph).toLowerCase()).find((graph) => graph !== 'node');
const needs = (element: Field | GraphQLNamedType): Requirement[] => requirementsOn(element as Field);
const scopesIn = (requirements: readonly Requirement[]) => [...new Set(requirements.flat(2))];

test('every root field says who may ask for it', () => {
  expect(roots.length).toBeGreaterThan(280);
  expect(namesOf(roots.filter(({ field }) => !isDecided(field)))).toEqual([]);
});

test('every entity, and every page of them, says who may see it', () => {
  expect(entities.length).toBeGreaterThan(70);
  const pages = types.filter(({ name }) => name.endsWith('Connection'));
  expect(pages).toHaveLength(entities.length);
  expect(namesOf([...entities, ...pages].filter((type) => !isDecided(type)))).toEqual([]);
});

test('whatever says nothing is reached from something that does', () => {
  const silent = new Set(types.filter((type) => !isDecided(type) && !roots.some((root) => root.type === type)));
  const open = fields.filter(({ type, field }) => {
    const target = getNamedType(field.type);
    return isObjectType(target) && silent.has(target) && !isDecided(field) && !isDecided(type) && !silent.has(type);
  });
  expect(namesOf(open)).toEqual([]);
  const reached = new Set(fields.map(({ field }) => getNamedType(field.type)));
  expect(namesOf([...silent].filter((type) => !reached.has(type)))).toEqual([]);
});

test('what a domain adds to the entity of another asks for a scope of its own', () => {
  const added = fields.filter((placed) => entities.includes(placed.type) && !domainsOf(placed).includes(ownerOf(placed.type) ?? ''));
  expect(added.length).toBeGreaterThan(80);
  const open = added.filter((placed) => {
    const [domain] = domainsOf(placed);
    return !scopesIn([...needs(placed.field), ...needs(getNamedType(placed.field.type))]).some((scope) => scope.startsWith(`${domain}:`));
  });
  expect(namesOf(open)).toEqual([]);
});

test('only scopes there are, are asked for: of the field\'s own domain but for a gateway\'s runtime and those who approve', () => {
  const known = new Set<string>([...scopes, 'system']);
  const asked = [...types, ...fields.map(({ field }) => field)].flatMap((element) => scopesIn(needs(element)));
  expect([...new Set(asked)].filter((scope) => !known.has(scope))).toEqual([]);
  const strange = roots.flatMap((root) => scopesIn(needs(root.field)).filter((scope) => !['gateways:runtime', 'system'].includes(scope) && !domainsOf(root).includes(scope.split(':')[0] ?? '')).map((scope) => `${root.name} ${scope}`));
  expect(strange).toEqual(['Mutation.resolveApproval governance:approve']);
});

test('a field that may be refused to whoever has its parent is nullable, so that only it is missing', () => {
  const refused = checkedFields(schema).filter(({ field }) => !isInterfaceType(getNamedType(field.type)));
  expect(refused.length).toBeGreaterThan(300);
  expect(refused.filter(({ field }) => isNonNullType(field.type)).map(({ type, field }) => `${type.name}.${field.name}: ${String(field.type)}`)).toEqual([]);
});

const ofRuntime = ['workflow:execute', 'gateways:runtime'];
test.each<[string, string[]]>([
  ['Query.workflow', ['workflow:read']],
  ['Query.auditEvents', ['governance:audit']],
  ['Query.auditChain', ['governance:audit']],
  ['Query.apiKey', ['gateways:keys']],
  ['Query.credential', ['system']],
  ['Query.glooCredentials', ['gateways:read']],
  ['Query.budgetLedgerCheck', ['budget:read']],
  ['Mutation.createWorkflow', ['workflow:write']],
  ['Mutation.createGlooCredential', ['gateways:keys']],
  ['Mutation.createApiKey', ['gateways:keys']],
  ['Mutation.revokeApiKey', ['gateways:keys']],
  ['Mutation.rotateGatewayToken', ['gateways:write']],
  ...['registerGateway', 'recordGatewayHealth', 'deregisterGateway'].map((name): [string, string[]] => [`Mutation.${name}`, ['gateways:write', 'gateways:runtime']]),
  ...['startRun', 'cancelRun', 'rewindRun', 'branchRun', 'answerHumanInput', 'cancelHumanInput'].map((name): [string, string[]] => [`Mutation.${name}`, ['workflow:execute']]),
  ...[
    'claimSteps', 'renewStepLease', 'reportStepStarted', 'reportStepCompleted', 'reportStepFailed', 'requestApproval', 'requestHumanInput', 'createHandoff',
    'recordExecutionEvents', 'createRunArtifact', 'createStepThread',
  ].map((name): [string, string[]] => [`Mutation.${name}`, ofRuntime]),
  ['Mutation.resolveApproval', ['governance:approve']],
  ['Mutation.syncAgents', ['agents:write', 'gateways:runtime']],
  ['Mutation.recordTokenEvents', ['analytics:write', 'gateways:runtime']],
  ...['reserveBudget', 'settleBudget', 'releaseBudget'].map((name): [string, string[]] => [`Mutation.${name}`, ['budget:spend']]),
])('%s needs one of %j', (name, expected) => {
  const root = roots.find((each) => each.name === name);
  expect(root && needs(root.field)).toEqual([expected.map((scope) => [scope])]);
});

test('every list says how many rows it answers, every count and every mutation what it costs', () => {
  const lists = fields.filter(({ field }) => field.args.some(({ name }) => name === 'first'));
  const page = { assumedSize: 25, slicingArguments: ['first', 'last'], sizedFields: ['nodes', 'edges'], requireOneSlicingArgument: false };
  expect(lists.length).toBeGreaterThan(200);
  for (const { name, field } of lists) expect({ name, size: directivesOn(field, 'listSize') }).toEqual({ name, size: [page] });
  const weighed = fields.filter(({ type, field }) => field.name === 'totalCount' || type === schema.getMutationType());
  expect(namesOf(weighed.filter(({ field }) => directivesOn(field, 'cost').length === 0))).toEqual([]);
});
