import { definitionFaults } from './definition-faults.ts';

const sound = `
name: bills
description: Pays them.
steps:
  - id: fetch
    role: clerk
    command: fetch the invoice {{args.number}}
    outputs: [invoice, dueDate]
  - id: check
    role: auditor
    command: "check {{invoice}} of {{fetch.invoice.supplier}}, {{ {'due': {'at': dueDate}}.due.at }}"
    depends_on: [fetch]
    inputs: { whole: "{{fetch}}", list: [1, "{{ dueDate }}", { deep: "{{ args['{{'] }}" }] }
    condition: size(invoice.lines) > 0 && invoice.lines.exists(line, line.amount > args.limit)
    on_failure: retry_once
    reserve_cents: 0.5
  - id: book
    library_step: ledger-booking
    depends_on: [check]
    condition: has(fetch.dueDate)
`;

const steps = (...lines: string[]) => `steps:\n${lines.map((line) => `  - { ${line} }`).join('\n')}`;
const work = 'role: r, command: c';

test('a sound definition has no faults', () => expect(definitionFaults(sound)).toEqual([]));

test.each([
  ['syntax', 'steps:\n  - id: "open', 'line 2: Missing closing "quote'],
  ['a key twice', 'name: a\nname: b', 'line 2: Map keys must be unique'],
  ['no list', 'name: x', 'line 1: needs a list of steps, with one step at least'],
  ['nothing', '', 'line 1: needs a list of steps, with one step at least'],
  ['an empty list', 'steps: []', 'line 1: needs a list of steps, with one step at least'],
  ['too many steps', steps(...Array.from({ length: 201 }, (_, i) => `id: s${i}, ${work}`)), 'line 2: the definition has 201 steps; 200 are the most'],
  ['a key beside the three', `version: 2\n${steps(`id: a, ${work}`)}`, 'line 1: version is not a key of a definition; the keys are name, description, steps'],
  ['a name that is no text', `name: 3\n${steps(`id: a, ${work}`)}`, 'line 1: name must be a text of 1 to 200 characters'],
  ['what is no step', 'steps: [fetch]', 'line 1: a step needs an id in snake_case'],
  ['an id that is not snake_case', 'steps:\n  - id: Fetch-It', 'line 2: a step needs an id in snake_case'],
  ['an id twice', steps(`id: a, ${work}`, `id: a, ${work}`), 'line 3: step "a" is there twice'],
  ['an id that expressions know', steps(`id: args, ${work}`), 'line 2: step "args" has an id that means something else in expressions; choose another'],
  ['an id that CEL knows', steps(`id: map, ${work}`), 'line 2: step "map" has an id that means something else in expressions; choose another'],
  ['no role', 'steps:\n  - id: a\n    command: c', 'line 2: step "a" needs a role'],
  ['no command', 'steps:\n  - id: a\n    role: r', 'line 2: step "a" needs a command'],
  ['an unknown key', 'steps:\n  - id: a\n    role: r\n    command: c\n    time_out: 3', 'line 5: step "a" has time_out, which is not a key of a step; the keys are id, role, command,'],
  ['a merge key', `steps:\n  - { id: a, ${work}, <<: { timeout: 3 } }`, 'line 2: step "a" has <<, which is not a key of a step'],
  ['an unknown dependency', steps(`id: a, ${work}, depends_on: [b]`), 'line 2: step "a" depends on "b", which is not a step'],
  ['a dependency that is no list', steps(`id: a, ${work}, depends_on: b`), 'line 2: step "a" has depends_on "b"; it must be a list of step ids'],
  ['an unknown on_failure', 'steps:\n  - id: a\n    role: r\n    command: c\n    on_failure: panic', 'line 5: step "a" has on_failure "panic"; it must be one of halt, skip, retry_once, retry_once_then_escalate'],
  ['an output that cannot be named', steps(`id: a, ${work}, outputs: [ok, not-ok]`), 'line 2: step "a" has outputs: "not-ok"; it must be a name of letters, digits and _, at most 100 characters'],
  ['a timeout of nothing', steps(`id: a, ${work}, timeout: 0`), 'line 2: step "a" has timeout 0; it must be a whole number of seconds, 1 to 86,400'],
  ['a timeout of more than a day', steps(`id: a, ${work}, timeout: 86401`), 'timeout 86401; it must be a whole number of seconds'],
  ['half a second', steps(`id: a, ${work}, timeout: 0.5`), 'timeout 0.5; it must be a whole number of seconds'],
  ['an approval in words', steps(`id: a, ${work}, approval: "yes"`), 'approval "yes"; it must be true or false'],
  ['nothing to reserve', steps(`id: a, ${work}, reserve_cents: 0`), 'reserve_cents 0; it must be a number of cents'],
  ['inputs that are a list', steps(`id: a, ${work}, inputs: [1]`), 'inputs [1]; it must be a map from names to values'],
  ['a number that is none', steps(`id: a, ${work}, inputs: { x: .nan }`), 'line 2: NaN is not a number that JSON knows'],
  ['bytes', steps(`id: a, ${work}, inputs: { x: !!binary aGVsbG8= }`), 'line 2: what stands here is of a type that JSON does not know'],
  ['a tag', steps(`id: a, ${work}, inputs: { x: !secret y }`), 'line 2: Unresolved tag: !secret'],
  ['a circle', steps(`id: a, ${work}, depends_on: [c]`, `id: b, ${work}, depends_on: [a]`, `id: c, ${work}, depends_on: [b]`), 'line 2: the steps a > c > b > a wait for each other in a circle'],
  ['a step that waits for itself', steps(`id: a, ${work}, depends_on: [a]`), 'line 2: the steps a > a wait for each other in a circle'],
  ['a circle behind sound steps', steps(`id: a, ${work}`, `id: b, ${work}, depends_on: [a, c]`, `id: c, ${work}, depends_on: [b]`), 'line 3: the steps b > c > b wait for each other in a circle'],
])('%s is told with its line', (_, yaml, fault) => expect(definitionFaults(yaml)[0]).toContain(fault));

test.each([
  ['an expression cut short', 'command: "do {{ args. }}"', 'step "b": {{ args. }} in its command: at character 6, a name is expected here, not the end'],
  ['one that is never closed', 'command: "do {{ args.x"', 'step "b": its command: at character 4, {{ is not closed by }}'],
  ['a function there is not', 'condition: args.name.matches("(a+)+")', 'step "b": its condition args.name.matches("(a+)+"): at character 1, there is no function matches'],
  ['types that do not go together', `condition: 1 > "a"`, 'at character 1, number > text cannot be worked out'],
  ['a condition in braces', 'condition: "{{ args.x }}"', 'step "b": its condition is an expression already; leave the {{ and }} out'],
  ['a name of nothing', 'condition: suplier.rating > 3', 'at character 1, suplier is neither args, nor a step before this one, nor an output of one'],
  ['a name in the middle', 'condition: args.x > lower', 'at character 10, lower is neither args, nor a step before this one'],
  ['a step that does not come before', 'condition: c.z > 3', 'at character 1, the step c does not come before this one; add it to depends_on'],
  ['itself', 'condition: b.z > 3', 'the step b does not come before this one'],
  ['an output of a step that does not come before', 'condition: z > 3', 'z is neither args, nor a step before this one, nor an output of one'],
  ['a name bound elsewhere in the expression', 'condition: args.xs.exists(x, x > 1) && x > 1', 'at character 29, x is neither args'],
  ['an output that CEL has its own meaning for', 'command: "{{ type }}"', 'type is a word of expressions; write a.type'],
  ['one deep within the inputs', 'inputs: { list: [1, { y: "{{ zz }}" }] }', 'step "b": {{ zz }} in its inputs.list.1.y: at character 1, zz is neither'],
])('%s is told with its step and place', (_, line, fault) => {
  const faults = definitionFaults(`steps:
  - { id: a, ${work}, outputs: [type] }
  - id: b
    role: r
    depends_on: [a]
    ${line.startsWith('command') ? '' : 'command: c'}
    ${line}
  - { id: c, ${work}, outputs: [z] }`);
  expect(faults).toEqual([expect.stringMatching(/^line 7: /)]);
  expect(faults[0]).toContain(fault);
});

test('all faults come at once, from top to bottom', () => {
  const faults = definitionFaults(`colour: red\n${steps(`id: a, ${work}, depends_on: [x], on_failure: panic`, `id: a, ${work}`, 'id: b, role: r, command: "{{ nobody }}"')}`);
  expect(faults.map((fault) => fault.slice(0, 21))).toEqual(['line 1: colour is not', 'line 3: step "a" has ', 'line 3: step "a" depe', 'line 4: step "a" is t', 'line 5: step "b": {{ ']);
});

test('two hundred steps in a row are no circle', () => {
  const chain = Array.from({ length: 200 }, (_, i) => `id: s${i}, ${work}, depends_on: [${i ? `s${i - 1}` : ''}]`).reverse();
  expect(definitionFaults(steps(...chain))).toEqual([]);
});

test.each([
  ['a tower of brackets', '['.repeat(20_000), 'line 1: what stands here is nested too deep'],
  ['aliases of aliases', `a: &a [x, x]\n${Array.from({ length: 25 }, (_, i) => `b${i}: &b${i} [*${i ? `b${i - 1}` : 'a'}, *${i ? `b${i - 1}` : 'a'}]`).join('\n')}`, 'line 1: the definition has more than 20 aliases, or aliases of aliases'],
  ['an alias within itself', steps(`id: a, ${work}, inputs: &all { again: *all }`), 'line 2: what stands here is nested deeper than 50 levels'],
  ['three thousand steps', `steps:\n${'  - { id: a }\n'.repeat(3_000)}`, 'line 2: the definition has 3,000 steps; 200 are the most'],
  ['twenty thousand faults', steps(`id: a, ${work}, depends_on: [${'1,'.repeat(20_000)}]`), 'step "a" has depends_on [1,1,1'],
])('%s is told in a few words', (_, yaml, fault) => {
  const faults = definitionFaults(yaml);
  expect(faults[0]).toContain(fault);
  expect(faults.length).toBeLessThanOrEqual(101);
});
