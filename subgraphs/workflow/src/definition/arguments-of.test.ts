import { argumentsOf } from './arguments-of.ts';
import { parseDefinition } from './parse-definition.ts';

const steps = (step: string) => parseDefinition(`name: x\nsteps:\n  - id: a\n    role: r\n${step}`);

test.each([
  ['    command: Read {{args.file}} and {{ args.file }} of {{args.site.name}}', ['file', 'site']],
  ['    command: Plain', []],
  ['    command: c\n    inputs: { list: ["{{args.first}}", { deep: "{{ size(args.second) }}" }] }', ['first', 'second']],
  ['    command: c\n    condition: args.rating > 3', ['rating']],
  ['    command: c\n    condition: has(args.rating) && args.rating > 3', []],
])('%s needs %j', (step, names) => {
  expect(argumentsOf(steps(step))).toEqual(names);
});
