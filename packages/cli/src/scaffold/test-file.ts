import { inputFields, verbsOf } from './inputs.ts';
import { references, type Entity, type Model } from './model.ts';
import type { Field } from './model-field.ts';
import { camel, pascal, plural, withArticle, words } from './names.ts';

/** `<entity>.test.ts`: what holds of every entity, to go on from. */
export function testFile(entity: Entity, model: Model): string {
  const { name, domain } = entity;
  const create = `create${pascal(domain)}Subgraph`;
  return `import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { ${create} } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('${domain}'), ${create})));
afterAll(() => graph.close());

${verbsOf(entity).includes('create') ? creating(entity, model) : reading(entity, name)}`;
}

function reading({ prefix }: Entity, name: string): string {
  const one = camel(name);
  return `test('an id that leads nowhere is null, and the list is empty', async () => {
  const answer = await graph.data('{ ${one}(id: "${prefix}_01h455vb4pex5vsknk084sn02q") { id } ${plural(one)} { totalCount } }', {}, anotherOrganisation);
  expect(answer).toEqual({ ${one}: null, ${plural(one)}: { totalCount: 0 } });
});
`;
}

function creating(entity: Entity, model: Model): string {
  const { name } = entity;
  const one = camel(name);
  const required = inputFields(entity).filter((field) => !field.optional && !field.list && field.initial === undefined);
  const parents = references(entity).filter((field) => !field.optional && !field.list && model.entity(field.target).domain === entity.domain);
  const input = required.map((field) => `${field.name}: ${sample(field, model)}`).join(', ');
  const query = `const create = 'mutation ($input: Create${name}Input!) { create${name}(input: $input) { ${one} { id } userErrors { code path } } }';\nconst input = { ${input} };\n`;
  const [parent] = parents;
  if (parent) {
    return `${query}
test('${withArticle(words(name))} that refers to nothing is refused with the path of the reference', async () => {
  const { userErrors } = (await graph.data(create, { input })).create${name};
  expect(userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', expect.stringMatching(/Id$/)] }]);
});
`;
  }
  return `${query}
test('a new ${words(name)} is found by its id, and by nobody else', async () => {
  const { ${one}, userErrors } = (await graph.data(create, { input })).create${name};
  expect(userErrors).toEqual([]);
  const byId = 'query ($id: ID!) { ${one}(id: $id) { id } }';
  expect(await graph.data(byId, { id: ${one}.id })).toEqual({ ${one}: { id: ${one}.id } });
  expect(await graph.data(byId, { id: ${one}.id }, anotherOrganisation)).toEqual({ ${one}: null });
});
`;
}

function sample(field: Field, model: Model): string {
  if (field.kind === 'enum') return `'${field.values[0] ?? ''}'`;
  if (field.kind === 'reference') return `'${model.entity(field.target).prefix}_01h455vb4pex5vsknk084sn02q'`;
  if (field.kind !== 'scalar') return 'undefined';
  switch (field.type) {
    case 'String': return `'sample'`;
    case 'URL': return `'https://example.com/'`;
    case 'EmailAddress': return `'ada@example.com'`;
    case 'Int': case 'Float': return '1';
    case 'BigInt': case 'Decimal': return `'1'`;
    case 'Boolean': return 'true';
    case 'DateTime': return `'2026-01-01T00:00:00.000Z'`;
    case 'Date': return `'2026-01-01'`;
    case 'JSON': return '{}';
  }
}
