import { checkVariables } from './check-variables.ts';
import { defaultVariableLimits } from './shape-limits.ts';

const limits = { variableBytes: 1_000, variableValues: 20, variableDepth: 4 };
const faultOf = (variables: unknown) => checkVariables(variables, limits)?.message;

test.each([[undefined], [null], [{}], [{ first: 5, where: { OR: [{ name: 'é' }] } }], [{ constructor: 1, prototype: { constructor: null }, toString: 'x', hasOwnProperty: true }]])('%j passes', (variables) => {
  expect(faultOf(variables)).toBeUndefined();
});

test.each<[string, unknown, string]>([
  ['a list', [1], 'The variables must be an object whose keys are the names of variables.'],
  ['a text', '{}', 'The variables must be an object whose keys are the names of variables.'],
  ['values in values', { a: [[[[1]]]] }, 'The variables are nested 5 or more deep. The limit of variableDepth is 4.'],
  ['many values', { a: Array.from({ length: 20 }, () => 1) }, 'The variables have 21 or more values. The limit of variableValues is 20.'],
  ['many keys', Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, 1])), 'The variables have 21 or more values. The limit of variableValues is 20.'],
  ['long texts', { a: ['é'.repeat(300), 'é'.repeat(300)] }, 'The variables take 1215 or more bytes. The limit of variableBytes is 1000.'],
  ['long keys', { ['k'.repeat(1_000)]: 1 }, 'The variables take 1007 or more bytes. The limit of variableBytes is 1000.'],
  ['a prototype', JSON.parse('{ "a": [{ "__proto__": { "admin": true } }] }'), 'The variables have the key __proto__, which is not for data.'],
])('%s are refused', (_, variables, message) => {
  expect(faultOf(variables)).toBe(message);
});

test.each([
  ['objects', '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)],
  ['lists', `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ['numbers', `{"a":[${'1,'.repeat(500_000)}1]}`],
  ['keys', `{${Array.from({ length: 100_000 }, (_, i) => `"${i}":1`).join()}}`],
  ['texts', `{"a":["${'é'.repeat(500_000)}"]}`],
])('a mebibyte of %s is refused in less time than its JSON takes to read', (_, json) => {
  const variables: unknown = JSON.parse(json);
  const began = process.threadCpuUsage();
  expect(checkVariables(variables, defaultVariableLimits)?.extensions['code']).toBe('OPERATION_TOO_LARGE');
  expect(process.threadCpuUsage(began).user).toBeLessThan(50_000);
});
