import { parseDefinition } from './parse-definition.ts';
import { completedOf, scopeOf } from './scope.ts';

test('each output is there by its name, and with its step', () => {
  expect(scopeOf({ n: 1 }, [{ stepId: 'fetch', output: { invoice: { total: 3 }, pages: 2 } }])).toEqual({
    scope: { args: { n: 1 }, fetch: { invoice: { total: 3 }, pages: 2 }, invoice: { total: 3 }, pages: 2 },
    variables: { invoice: { total: 3 }, pages: 2 },
    accumulatedOutputs: { fetch: { invoice: { total: 3 }, pages: 2 } },
    variableOverwriteOrder: ['invoice', 'pages'],
  });
});

test('of two that write one name the later wins, and stands later in the order', () => {
  const { variables, variableOverwriteOrder } = scopeOf({}, [
    { stepId: 'first', output: { text: 'old', language: 'en' } },
    { stepId: 'second', output: { other: 1 } },
    { stepId: 'third', output: { text: 'new' } },
  ]);
  expect(variables).toEqual({ text: 'new', language: 'en', other: 1 });
  expect(variableOverwriteOrder).toEqual(['language', 'other', 'text']);
});

test('a step that was done twice is there as it was the last time', () => {
  expect(scopeOf({}, [{ stepId: 'a', output: { x: 1 } }, { stepId: 'a', output: { y: 2 } }]).accumulatedOutputs).toEqual({ a: { y: 2 } });
});

test('only what is declared becomes a variable, where something is', () => {
  const { variables, scope } = scopeOf({}, [{ stepId: 'a', output: { x: 1, secret: 2 }, outputs: ['x', 'missing'] }]);
  expect(variables).toEqual({ x: 1 });
  expect(scope['a']).toEqual({ x: 1, secret: 2 });
});

test.each([[null], ['text'], [3], [['x']]])('an output that is %j gives no variables, and is there by its step', (output) => {
  expect(scopeOf({}, [{ stepId: 'a', output, outputs: ['x'] }])).toMatchObject({ variables: {}, scope: { a: output } });
});

test('nothing stands in the place of args, and no variable in that of a step', () => {
  const { scope } = scopeOf({ real: true }, [{ stepId: 'report', output: { report: 'text', args: 'mine' } }]);
  expect(scope).toEqual({ args: { real: true }, report: { report: 'text', args: 'mine' } });
});

test('names of prototypes are names like any other', () => {
  const { scope, variables } = scopeOf({}, [{ stepId: 'a', output: JSON.parse('{"__proto__": {"polluted": 1}}'), outputs: ['__proto__'] }]);
  expect(Object.keys(variables)).toEqual(['__proto__']);
  expect((scope as { polluted?: number }).polluted).toBeUndefined();
});

test('of the attempts of a run those that were done count, with what their steps declare', () => {
  const definition = parseDefinition('steps:\n  - { id: a, role: r, command: c, outputs: [x] }\n  - { id: b, role: r, command: c }');
  expect(completedOf(definition, [
    { stepId: 'a', status: 'FAILED', output: null }, { stepId: 'b', status: 'COMPLETED', output: 1 }, { stepId: 'a', status: 'COMPLETED', output: { x: 2 } }, { stepId: 'b', status: 'RUNNING', output: null },
  ])).toEqual([{ stepId: 'b', output: 1, outputs: [] }, { stepId: 'a', output: { x: 2 }, outputs: ['x'] }]);
});
