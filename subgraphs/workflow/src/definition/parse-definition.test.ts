import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionFaults } from './definition-faults.ts';
import { DefinitionError } from './definition-error.ts';
import { parseDefinition } from './parse-definition.ts';

const demo = join(import.meta.dirname, '../../../../packages/demo-data/definitions');

test('a step that says little has every default', () => {
  expect(parseDefinition('steps:\n  - { id: only, role: clerk, command: count }')).toEqual({
    name: null, description: null,
    steps: [{
      id: 'only', role: 'clerk', command: 'count', dependsOn: [], inputs: {}, outputs: [], condition: null, timeoutSeconds: 600,
      onFailure: 'halt', approval: false, libraryStep: null, reserveCents: '10',
    }],
  });
});

test('a step that says everything keeps it', () => {
  const { name, description, steps } = parseDefinition(`name: count
description: Counts.
steps:
  - { id: first, role: clerk, command: begin }
  - { id: second, role: clerk, command: count, depends_on: [first, first], inputs: { a: [1, { b: "{{args.b}}" }] }, outputs: [total], condition: args.n > 0,
      timeout: 30, on_failure: retry_once_then_escalate, approval: true, library_step: counting, reserve_cents: 0.25 }`);
  expect([name, description]).toEqual(['count', 'Counts.']);
  expect(steps[1]).toEqual({
    id: 'second', role: 'clerk', command: 'count', dependsOn: ['first'], inputs: { a: [1, { b: '{{args.b}}' }] }, outputs: ['total'], condition: 'args.n > 0',
    timeoutSeconds: 30, onFailure: 'retry_once_then_escalate', approval: true, libraryStep: 'counting', reserveCents: '0.25',
  });
});

test.each([['0.1', '0.1'], ['12345678.1', '12345678.1'], ['0.000001', '0.000001'], ['0.12345678901', '0.123456789'], ['1e3', '1000'], ['1_000', undefined]])('%s cents are reserved as %s', (written, reserved) => {
  const yaml = `steps:\n  - { id: a, role: r, command: c, reserve_cents: ${written} }`;
  if (reserved === undefined) expect(() => parseDefinition(yaml)).toThrow('it must be a number of cents');
  else expect(parseDefinition(yaml).steps[0]?.reserveCents).toBe(reserved);
});

test('every fault is thrown, and a library step that has not been resolved is one', () => {
  const unresolved = 'steps:\n  - { id: a, library_step: counting }\n  - { id: a, library_step: counting, role: r, command: c }';
  expect(definitionFaults(unresolved)).toEqual(['line 3: step "a" is there twice']);
  try {
    parseDefinition(unresolved);
    throw new Error('it was read');
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    expect((error as DefinitionError).faults).toEqual(['line 2: step "a" needs a role', 'line 2: step "a" needs a command', 'line 3: step "a" is there twice']);
  }
});

test('the same text is read once, until five hundred others have been', () => {
  const yaml = (n: number) => `steps:\n  - { id: s${n}, role: r, command: c }`;
  const first = parseDefinition(yaml(0));
  for (let n = 1; n < 500; n++) parseDefinition(yaml(n));
  expect(parseDefinition(yaml(0))).toBe(first);
  for (let n = 500; n < 999; n++) parseDefinition(yaml(n));
  expect(parseDefinition(yaml(0))).toBe(first);
  for (let n = 1_000; n < 1_500; n++) parseDefinition(yaml(n));
  expect(parseDefinition(yaml(0))).not.toBe(first);
  expect(parseDefinition(yaml(0))).toEqual(first);
});

test.each(readdirSync(demo))('the demo definition %s is sound', (file) => {
  expect(parseDefinition(readFileSync(join(demo, file), 'utf8')).steps.length).toBeGreaterThan(3);
});
