import type { DefinitionError } from './definition-error.ts';
import { resolveLibrarySteps } from './library-steps.ts';
import { parseDefinition } from './parse-definition.ts';

const library = new Map<string, Record<string, unknown>>([
  ['booking', { role: 'clerk', command: 'Book {{args.amount}}: now', outputs: ['bookingId'], timeout: 300, approval: true, on_failure: 'retry_once', inputs: { yes: 'no', list: [1, { a: null }] } }],
  ['odd', { role: 'clerk', id: 'mine', time_out: 3 }],
  ['wrong', { role: 'clerk', command: 'c', timeout: 'long' }],
]);

const yaml = `# The ledger
name: ledger

steps:
  - id: first # as it was
    role: auditor
    command: look
  # booked last
  - id: book
    library_step: booking
    depends_on: [first]
    timeout: 60 # a minute
`;

test('what a step leaves out comes from the library, and what it says stays', () => {
  const [, book] = parseDefinition(resolveLibrarySteps(yaml, library)).steps;
  expect(book).toEqual({
    id: 'book', role: 'clerk', command: 'Book {{args.amount}}: now', dependsOn: ['first'], inputs: { yes: 'no', list: [1, { a: null }] }, outputs: ['bookingId'],
    condition: null, timeoutSeconds: 60, onFailure: 'retry_once', approval: true, libraryStep: 'booking', reserveCents: '10',
  });
});

test('order and comments are kept', () => {
  const resolved = resolveLibrarySteps(yaml, library);
  // The library writes [first] with spaces.
  const before = yaml.replace('[first]', '[ first ]');
  expect(resolved.slice(0, before.length)).toBe(before);
  expect(resolved.slice(before.length)).toBe(`    role: clerk
    command: "Book {{args.amount}}: now"
    outputs:
      - bookingId
    approval: true
    on_failure: retry_once
    inputs:
      yes: no
      list:
        - 1
        - a: null
`);
});

test('what has been resolved stays as it is, though the library changes', () => {
  const resolved = resolveLibrarySteps(yaml, library);
  expect(resolveLibrarySteps(resolved, new Map([['booking', { role: 'someone else', command: 'something else' }]]))).toBe(resolved);
});

test('a definition without library steps is answered to the letter', () => {
  const plain = 'steps: [{id:   a,role: r,   command: c}]   # odd, but so it was\n\n\n';
  expect(resolveLibrarySteps(plain, library)).toBe(plain);
});

test.each([
  ['a step the library does not have', 'steps:\n  - id: a\n    library_step: nowhere', ['line 3: step "a" is to be "nowhere", which the library does not have']],
  ['keys that are not the library\'s to say', 'steps:\n  - id: a\n    library_step: odd', ['line 3: step "a" is to be "odd", which says id, time_out; that is not for a library step to say']],
  ['several steps with faults', 'steps:\n  - { id: a, library_step: nowhere }\n  - { id: b, library_step: odd }', ['line 2: step "a" is to be "nowhere"', 'line 3: step "b" is to be "odd"']],
  ['an alias', 'steps:\n  - { id: b, role: r, command: c, inputs: { step: &x { id: a, library_step: booking } } }\n  - *x', ['line 3: step "a" is an alias; write it out, for the library to fill in']],
  ['faults of its own', 'steps:\n  - { id: A, library_step: booking }', ['line 2: a step needs an id in snake_case']],
])('%s is told', (_, text, faults) => {
  expect.hasAssertions();
  try {
    resolveLibrarySteps(text, library);
  } catch (error) {
    expect((error as DefinitionError).faults).toEqual(faults.map((fault) => expect.stringContaining(fault)));
  }
});

test('what the library says wrong is found when the definition is read', () => {
  expect(() => parseDefinition(resolveLibrarySteps('steps: [{ id: a, library_step: wrong }]', library))).toThrow('step "a" has timeout "long"');
});
