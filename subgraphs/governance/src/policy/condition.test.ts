import { conditionFaults } from './condition.ts';

const holds = { field: 'environment', operator: 'eq', value: 'production' };
const nested = (levels: number): object => (levels === 1 ? holds : { not: nested(levels - 1) });
const asked = (field: string, operator: string, value: unknown) => ({ field, operator, value });

test.each<[string, unknown]>([
  ['a comparison', holds],
  ['one of several', asked('agent.riskTier', 'in', ['LOW', 'MEDIUM'])],
  ['an id', asked('model.id', 'ne', 'mdl_01h455vb4pex5vsknk084sn02q')],
  ['a whole number in its range', asked('agent.trustLevel', 'lt', 10)],
  ['cents', asked('run.costCents', 'gte', '1000.5')],
  ['a label', asked('workflow.tags', 'hasAny', ['legal', 'finance'])],
  ['what the gate does not know', asked('agent.riskTier', 'isNull', true)],
  ['all of nothing, which always holds', { all: [] }],
  ['conditions of conditions', { all: [holds, { any: [holds, { not: holds }] }] }],
  ['five levels', nested(5)],
  ['twenty in a list', { any: Array(20).fill(holds) }],
])('%s is a condition', (_, condition) => expect(conditionFaults(condition)).toEqual([]));

const shape = 'must be {"field", "operator", "value"}, or one of {"all": [conditions]}, {"any": [conditions]} and {"not": condition}';

test.each<[string, unknown, string, string]>([
  ['nothing', null, '', shape],
  ['a list', [holds], '', shape],
  ['an empty object', {}, '', shape],
  ['two ways at once', { all: [], any: [holds] }, '', shape],
  ['any of nothing', { any: [] }, 'any', 'must have 1 to 20 conditions'],
  ['more than twenty in a list', { all: Array(21).fill(holds) }, 'all', 'must have 0 to 20 conditions'],
  ['all of what is no list', { all: holds }, 'all', 'must be a list of conditions'],
  ['six levels', nested(6), 'not.not.not.not.not', 'is more than 5 levels deep'],
  ['more than 100 conditions', { all: Array(20).fill({ all: Array(5).fill(holds) }) }, '', 'has more than 100 conditions'],
  ['a comparison without its value', { field: 'environment', operator: 'eq' }, 'value', 'is missing'],
  ['a comparison with more than that', { ...holds, negate: true }, 'negate', 'does not belong beside field, operator and value'],
  ['a field that nobody knows', { all: [holds, asked('agent.mood', 'eq', 'good')] }, 'all.1.field', expect.stringMatching(/^must be one of environment, run\.type, .*time\.weekday$/)],
  ['a field out of the prototype', asked('constructor', 'eq', 'x'), 'field', expect.stringMatching(/^must be one of/)],
  ['an operator that the field does not have', { not: asked('agent.riskTier', 'gt', 'LOW') }, 'not.operator', 'must be one of eq, ne, in, notIn, isNull for agent.riskTier'],
  ['an operator out of the prototype', asked('environment', 'toString', 'x'), 'operator', expect.stringMatching(/^must be one of eq/)],
  ['a value that never occurs', asked('agent.riskTier', 'in', ['LOW', 'HUGE']), 'value.1', 'must be one of LOW, MEDIUM, HIGH'],
  ['a number out of its range', asked('agent.trustLevel', 'gte', 11), 'value', 'must be 10 or less'],
  ['a fraction of a trust level', asked('agent.trustLevel', 'gte', 2.5), 'value', 'must be a whole number'],
  ['cents that have been through a float', asked('run.costCents', 'gt', 10.5), 'value', 'must be US cents as a string, such as "2500" or "0.5"'],
  ['the id of another type', asked('model.id', 'eq', 'wf_01h455vb4pex5vsknk084sn02q'), 'value', expect.stringMatching(/^expected the id of a Model/)],
  ['text without end', asked('output.text', 'contains', 'x'.repeat(201)), 'value', 'has more than 200 characters'],
  ['text that the database cannot hold', asked('output.text', 'contains', 'x\0'), 'value', 'must not contain the character U+0000'],
  ['an empty list of values', asked('environment', 'in', []), 'value', 'must have 1 to 50 entries'],
  ['a list where one value is asked for', asked('environment', 'eq', ['x']), 'value', 'must be text'],
  ['isNull of maybe', asked('agent.riskTier', 'isNull', 'maybe'), 'value', 'must be true or false'],
])('%s is refused, with its place', (_, condition, path, message) => {
  expect(conditionFaults(condition).map((fault) => ({ path: fault.path.join('.'), message: fault.message }))).toEqual([{ path, message }]);
});

test('every fault comes at once', () => {
  const faults = conditionFaults({ any: [asked('x', 'eq', 1), { not: {} }, asked('time.hour', 'in', [1]), { field: 'environment' }] });
  expect(faults.map(({ path }) => path.join('.'))).toEqual(['any.0.field', 'any.1.not', 'any.2.operator', 'any.3.operator', 'any.3.value']);
});

test('a condition of any depth is looked at without harm', () => {
  const deep = JSON.parse(`${'{"not":'.repeat(5_000)}{}${'}'.repeat(5_000)}`) as unknown;
  expect(conditionFaults(deep)).toHaveLength(1);
});
