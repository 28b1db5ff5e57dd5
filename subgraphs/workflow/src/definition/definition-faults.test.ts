import { definitionFaults } from './definition-faults.ts';

const sound = `
steps:
  - id: fetch
    role: clerk
    command: fetch the invoice
  - id: check
    depends_on: [fetch]
    on_failure: retry_once
`;

test('a sound definition has no faults', () => expect(definitionFaults(sound)).toEqual([]));

test.each([
  ['syntax', 'steps:\n  - id: "open', 'line 2: Missing closing "quote'],
  ['no list', 'name: x', 'line 1: needs a list of steps, with one step at least'],
  ['an empty list', 'steps: []', 'line 1: needs a list of steps, with one step at least'],
  ['an id that is not snake_case', 'steps:\n  - id: Fetch-It', 'line 2: a step needs an id in snake_case'],
  ['an id twice', 'steps:\n  - id: a\n  - id: a', 'line 3: step "a" is there twice'],
  ['an unknown dependency', 'steps:\n  - id: a\n    depends_on: [b]', 'line 2: step "a" depends on "b", which is not a step'],
  ['an unknown on_failure', 'steps:\n  - id: a\n    on_failure: panic', 'line 2: step "a" has on_failure "panic"; it must be one of halt, skip, retry_once, retry_once_then_escalate'],
  ['a circle', 'steps:\n  - id: a\n    depends_on: [c]\n  - id: b\n    depends_on: [a]\n  - id: c\n    depends_on: [b]', 'line 2: the steps a > c > b > a wait for each other in a circle'],
  ['a step that waits for itself', 'steps:\n  - id: a\n    depends_on: [a]', 'line 2: the steps a > a wait for each other in a circle'],
])('%s is told with its line', (_, yaml, fault) => expect(definitionFaults(yaml)[0]).toContain(fault));

test('all faults come at once', () => {
  expect(definitionFaults('steps:\n  - id: a\n    depends_on: [x]\n    on_failure: panic\n  - id: a')).toHaveLength(3);
});

test('ten thousand steps in a row are no circle, and soon read', () => {
  const chain = Array.from({ length: 10_000 }, (_, i) => `  - { id: s${i}, depends_on: [${i ? `s${i - 1}` : ''}] }`).reverse().join('\n');
  expect(definitionFaults(`steps:\n${chain}`)).toEqual([]);
});
