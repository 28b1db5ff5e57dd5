import { readModel } from './model.ts';
import { makeTestProject, type TestProject } from './test-project.ts';

let project: TestProject;
beforeEach(() => (project = makeTestProject()));
afterEach(() => project.remove());

test('a domain without types is a domain', () => {
  project.write('docs/model.yaml', `${project.read('docs/model.yaml')}depot:\n`);
  expect(readModel(project.projectDir).domains).toEqual(['people', 'shop', 'depot']);
});

test.each([
  ['a type in two domains', 'other:\n  Order: { table: others, prefix: oth, about: Another. }\n', 'docs/model.yaml: shop.Order and other.Order have the same name, Order'],
  ['one prefix for two types', 'other:\n  Thing: { table: things, prefix: ord, about: A thing. }\n', 'docs/model.yaml: shop.Order and other.Thing have the same prefix, ord'],
  ['a type without its table', 'other:\n  Thing: { prefix: thi }\n', 'docs/model.yaml: Thing needs table, about'],
  ['an unknown plain', 'other:\n  Thing: { table: things, prefix: thi, about: A thing., plain: all }\n', 'docs/model.yaml: Thing: plain is one of crud, create, update, read, none, not all'],
])('%s is refused, with the names', (_, more, message) => {
  project.write('docs/model.yaml', project.read('docs/model.yaml') + more);
  expect(() => readModel(project.projectDir)).toThrow(expect.objectContaining({ name: 'OperatorError', message }));
});
