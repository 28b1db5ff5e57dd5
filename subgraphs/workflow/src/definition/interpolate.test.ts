import { ExpressionError } from './expression-error.ts';
import { evaluatorOf } from './expression.ts';
import { interpolate, interpolateText } from './interpolate.ts';
import type { Json, JsonObject } from './json.ts';
import { piecesOf } from './template.ts';

const scope: JsonObject = { args: { name: 'Ada', count: 3, list: [1, { a: null }], yes: true, nothing: null, braces: '}}' } };

test.each<[string, Json, Json]>([
  ['a text without expressions', 'as it { is }', 'as it { is }'],
  ['nothing', '', ''],
  ['an expression alone keeps its type', '{{ args.count }}', 3],
  ['spaces within are nothing', '{{args.list}}', [1, { a: null }]],
  ['true is true', '{{ args.yes }}', true],
  ['null is null', '{{ args.nothing }}', null],
  ['beside other text it is text', 'No. {{ args.count }}', 'No. 3'],
  ['a space is other text', '{{ args.count }} ', '3 '],
  ['texts have no quotes', 'Dear {{ args.name }},', 'Dear Ada,'],
  ['objects are JSON', 'See {{ args.list }} and {{ args.nothing }}', 'See [1,{"a":null}] and null'],
  ['two beside each other', '{{ args.name }}{{ args.count }}', 'Ada3'],
  ['lists and objects within', { a: ['{{ args.count }}', { b: 'x{{ args.name }}' }], '{{ args.name }}': 1.5 }, { a: [3, { b: 'xAda' }], '{{ args.name }}': 1.5 }],
  ['braces in quotes', '{{ "}}" + args.braces + "{{" }}', '}}}}{{'],
  ['braces of objects', '{{ {"a": {"b": args.count}} }}', { a: { b: 3 } }],
  ['an expression in quotes stays', '{{ "{{ args.name }}" }}', '{{ args.name }}'],
  ['values are not looked into', '{{ args.template }}', '{{ args.name }}'],
])('%s', (_, value, result) => {
  expect(interpolate(value, { args: { ...(scope['args'] as JsonObject), template: '{{ args.name }}' } })).toEqual(result);
});

test.each([
  ['what is not there', 'Dear {{ args.surname }}', '{{ args.surname }}: there is no surname'],
  ['what cannot be read', '{{ args. }}', '{{ args. }}: a name is expected here, not the end'],
  ['nothing', '{{ }}', '{{  }}: the end is not expected here'],
  ['what is never closed', 'Dear {{ args.name', '{{ is not closed by }}'],
])('%s is told by its expression', (_, value, message) => {
  expect(() => interpolate({ deep: [value] }, scope)).toThrow(ExpressionError);
  expect(() => interpolate({ deep: [value] }, scope)).toThrow(message);
});

test('a command is a text, whatever its expression comes to', () => {
  expect(interpolateText(evaluatorOf(scope), '{{ args.list }}')).toBe('[1,{"a":null}]');
  expect(interpolateText(evaluatorOf(scope), '{{ args.name }}')).toBe('Ada');
});

test('all that goes into one value is at most 1 MB together', () => {
  const long = { args: { text: 'x'.repeat(300_000) } };
  expect(JSON.stringify(interpolate(['{{ args.text }}', '{{ args.text }}', 'and {{ args.text }}'], long)).length).toBeGreaterThan(900_000);
  expect(() => interpolate(['{{ args.text }}', '{{ args.text }}', '{{ args.text }}', '{{ args.text }}'], long)).toThrow('gives more than 1 MB');
  expect(() => interpolate('x'.repeat(1_000_001), {})).toThrow('gives more than 1 MB');
});

test('names of prototypes are names like any other', () => {
  const value = JSON.parse('{"__proto__": "{{ args.count }}", "constructor": 1}') as Json;
  expect(JSON.stringify(interpolate(value, scope))).toBe('{"__proto__":3,"constructor":1}');
});

test('an expression tells where in its text it begins', () => {
  expect(piecesOf('a {{ b }} c {{d}}')).toEqual(['a ', { expression: 'b', start: 5 }, ' c ', { expression: 'd', start: 14 }]);
});
