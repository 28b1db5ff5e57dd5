import { seedIfEmpty } from '@forge/demo-data';
import { join } from 'node:path';
import { readModel, references, type Entity } from '../scaffold/model.ts';
import { edgeOf, type ReferenceField } from '../scaffold/model-field.ts';
import { camel, plural } from '../scaffold/names.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => (platform = await startTestPlatform((urls) => seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z'), runs: 150 }))), 120_000);
afterAll(() => platform.close());

const model = readModel(join(import.meta.dirname, '../../../..'));
const edges = model.entities.flatMap((entity) => references(entity).map((field) => ({ name: `${entity.name}.${edgeOf(field)}`, entity, field })));

interface Row { id: string; createdAt: string }
interface Rows { nodes: { id: string; edge: Row | null | (Row | null)[] }[] }

/** A row that refers to something, and what it refers to as its owner knows it. */
async function findReference(entity: Entity, field: ReferenceField): Promise<{ id: string; target: { id: string; createdAt: string } }> {
  const list = plural(camel(entity.name));
  const where = field.optional && !field.list ? `(where: { ${field.name}: { isNull: false } }, first: 1)` : '(first: 100)';
  const { rows } = await platform.data<{ rows: Rows }>(`{ rows: ${list}${where} { nodes { id edge: ${edgeOf(field)} { id createdAt } } } }`);
  const row = rows.nodes.find(({ edge }) => (Array.isArray(edge) ? edge.length > 0 : edge !== null));
  const target = [row?.edge ?? null].flat()[0];
  if (!row || !target) throw new Error(`no ${entity.name} has ${field.name} in the demo data`);
  return { id: row.id, target };
}

test('the model has 161 references', () => expect(edges).toHaveLength(161));

test.each(edges)('$name leads to a row, and its way back finds the row again', async ({ entity, field }) => {
  const { id, target } = await findReference(entity, field);
  expect(target.createdAt).toMatch(/Z$/);
  const query = `query ($target: ID!, $id: ID!) { target: ${camel(field.target)}(id: $target) { back: ${field.reverse}(where: { id: { eq: $id } }) { nodes { id } totalCount } } }`;
  expect(await platform.data(query, { target: target.id, id })).toEqual({ target: { back: { nodes: [{ id }], totalCount: 1 } } });
});
