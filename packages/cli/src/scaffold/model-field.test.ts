import { join } from 'node:path';
import { edgeOf, parseField, type Field, type ReferenceField } from './model-field.ts';
import { readModel, references } from './model.ts';

const plain = { optional: false, list: false, initial: undefined, note: '' };

// One of each form that docs/model.yaml has.
test.each<[string, string, Partial<Field> & object]>([
  ['name', 'String!', { kind: 'scalar', type: 'String' }],
  ['deliveredAt', 'DateTime?', { kind: 'scalar', type: 'DateTime', optional: true }],
  ['attempts', 'Int! = 0', { kind: 'scalar', type: 'Int', initial: '0' }],
  ['provider', 'String! = exe.dev', { kind: 'scalar', type: 'String', initial: 'exe.dev' }],
  ['trustLevel', 'Int! 1..10 = 1', { kind: 'scalar', type: 'Int', note: '1..10', initial: '1' }],
  ['relevancyThreshold', 'Float! 0..1 = 0.5', { kind: 'scalar', type: 'Float', note: '0..1', initial: '0.5' }],
  ['schedule', 'String? cron, UTC', { kind: 'scalar', type: 'String', optional: true, note: 'cron, UTC' }],
  ['agentId', "String! the runtime's own id", { kind: 'scalar', type: 'String', note: "the runtime's own id" }],
  ['url', 'URL! https, not a private address', { kind: 'scalar', type: 'URL', note: 'https, not a private address' }],
  ['guardrails', 'JSON? {maxCostCents, maxHandoffs}', { kind: 'scalar', type: 'JSON', optional: true, note: '{maxCostCents, maxHandoffs}' }],
  ['responseSchema', 'JSON? JSON Schema', { kind: 'scalar', type: 'JSON', optional: true, note: 'JSON Schema' }],
  ['condition', 'JSON! field/operator/value with all/any/not', { kind: 'scalar', type: 'JSON', note: 'field/operator/value with all/any/not' }],
  ['tags', '[String!]!', { kind: 'scalar', type: 'String', list: true }],
  ['eventTypes', '[String!]! exact or prefix.*', { kind: 'scalar', type: 'String', list: true, note: 'exact or prefix.*' }],
  ['alertThresholds', '[Int!]! = [50, 80, 100]', { kind: 'scalar', type: 'Int', list: true, initial: '[50, 80, 100]' }],
  ['embedding', '[Float!]?, as supplied by the caller', { kind: 'scalar', type: 'Float', list: true, optional: true, note: 'as supplied by the caller' }],
  ['source', 'SELF|MANUAL!', { kind: 'enum', values: ['SELF', 'MANUAL'] }],
  ['riskTier', 'LOW|MEDIUM|HIGH?', { kind: 'enum', values: ['LOW', 'MEDIUM', 'HIGH'], optional: true }],
  ['status', 'DRAFT|TIMED_OUT! = DRAFT', { kind: 'enum', values: ['DRAFT', 'TIMED_OUT'], initial: 'DRAFT' }],
  ['allowedActions', '[READ|EXECUTE]!', { kind: 'enum', values: ['READ', 'EXECUTE'], list: true }],
  ['createdById', '-> Worker.createdWorkflows', { kind: 'reference', target: 'Worker', reverse: 'createdWorkflows' }],
  ['gatewayId', '-> Gateway.workflowRuns ?', { kind: 'reference', target: 'Gateway', reverse: 'workflowRuns', optional: true }],
  ['skillIds', '-> [SkillDefinition].agentDefinitions', { kind: 'reference', target: 'SkillDefinition', reverse: 'agentDefinitions', list: true }],
  ['fallbackModelIds', '-> [Model].fallbackRules, ordered', { kind: 'reference', target: 'Model', reverse: 'fallbackRules', list: true, note: 'ordered' }],
  ['tokenHash', 'secret', { kind: 'secret', optional: true }],
])('%s: "%s"', (name, text, expected) => {
  expect(parseField(name, text)).toEqual({ name, ...plain, ...expected });
});

test.each([
  ['name', 'String', /name: "String" cannot be read/],
  ['name', 'Strng!', /name: "Strng!" cannot be read/],
  ['status', 'draft|active!', /status: "draft\|active!" cannot be read/],
  ['tags', '[String!', /tags: "\[String!" cannot be read/],
  ['owner', '-> Worker.things', /owner refers to Worker, so its name has to end in Id/],
  ['skillId', '-> [SkillDefinition].things', /skillId refers to SkillDefinition, so its name has to end in Ids/],
])('%s: "%s" is refused with words', (name, text, message) => {
  expect(() => parseField(name, text)).toThrow(expect.objectContaining({ name: 'OperatorError', message: expect.stringMatching(message) }));
});

test('the edge of a reference is its name without Id', () => {
  const edges = [['createdById', '-> Worker.a'], ['skillIds', '-> [SkillDefinition].b'], ['replyToId', '-> ChatMessage.c ?']] as const;
  expect(edges.map(([name, text]) => edgeOf(parseField(name, text) as ReferenceField))).toEqual(['createdBy', 'skills', 'replyTo']);
});

test('every field of docs/model.yaml can be read, and what it refers to is there', () => {
  const model = readModel(join(import.meta.dirname, '../../../..'));
  for (const entity of model.entities) for (const { target } of references(entity)) expect(model.entity(target).name).toBe(target);
});
