import { parse } from 'graphql';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readCostModel } from '../cost/cost-model.ts';
import { openStudio, type OpenStudio } from '../execution/fixture/open-studio.ts';
import { randomOperation } from '../execution/fixture/random-operation.ts';
import { seeded } from '../execution/fixture/random.ts';
import { defaultShapeLimits } from '../limits/shape-limits.ts';
import { documentSize } from './document-size.ts';
import { createPreparedDocuments } from './prepared-documents.ts';
import { readRequiringFields } from './settled-conditions.ts';
import { createVariantStore } from './variant-store.ts';

let studio: OpenStudio;
beforeAll(async () => { studio = await openStudio(); });

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

test.each<[string, string | undefined, string | undefined]>([
  ['query A { founder { id } } query B { founder { id } }', 'B', undefined],
  ['{ founder { id } }', undefined, undefined],
  ['query A { founder { id } } query B { founder { id } }', undefined, 'The document has several operations; say which by operationName.'],
  ['query A { founder { id } }', '', 'The document has no operation of the name "".'],
  ['query A { founder { id } }', 'C', 'The document has no operation of the name "C".'],
])('of %j the operation %j is meant, or else: %s', (text, name, message) => {
  // Asked for before, whichever there is.
  if (name === '') studio.release.documents.operation(text, undefined);
  const ask = () => studio.release.documents.operation(text, name);
  if (message === undefined) expect(ask()).toBe(ask());
  else expect(ask).toThrow(message);
});

test('a document is weighed by what it becomes', () => {
  const plain = documentSize('{ a }', parse('{ a }'));
  const nested = 'query { ...A ...A } fragment A on Q { x { ...B } y { ...B } } fragment B on Q { x { ...C } y { ...C } } fragment C on Q { x y }';
  expect(documentSize(nested, parse(nested)) - plain).toBeGreaterThan(2 * (2 + 4 + 8) * 300);
});

test('thousands of documents, asked by all sorts of people with all sorts of conditions, do not fill the memory', () => {
  const { apiSchema, schema } = studio.supergraph;
  const { access } = studio.release;
  const kept = { documentBytes: 2_000_000, refusalBytes: 100_000, maxCharacters: 500_000, maxFields: 5_000 };
  const documents = createPreparedDocuments({ apiSchema, access, costs: readCostModel(schema), requiring: readRequiringFields(schema) }, { maxTokens: 10_000, shape: defaultShapeLimits }, kept);
  const bodies = Array.from({ length: 100 }, (_, i) => randomOperation(apiSchema, seeded(i)).text);
  const ask = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const random = seeded(i);
      const operation = documents.operation(`# ${i}\n${bodies[i % bodies.length] ?? ''}`, undefined);
      const variant = operation.variantFor(access.grantsOf(random.some(['workforce:read', 'workflow:read', 'budget:read', 'chat:read', 'registries:read', 'governance:read'], 0.5)), undefined);
      const variables = Object.fromEntries(operation.conditions.map((name) => [name, random.chance(0.5)]));
      variant.planText(variables);
      variant.shape(variables);
      expect(() => documents.operation(`{ nonsense${i} }`, undefined)).toThrow('nonsense');
    }
  };
  ask(0, 200);
  const before = heapMegabytes();
  ask(200, 1_000);
  // All of these would be some 30 MB.
  expect(heapMegabytes() - before).toBeLessThan(8);
});

test('what has not been asked for longest makes room: of texts by their length, of shapes by their fields, those too that come later', () => {
  const store = createVariantStore({ maxCharacters: 2_000, maxFields: 100 });
  const made: string[] = [];
  const text = (key: string, length: number) => store.planText(key, () => { made.push(key); return 'x'.repeat(length); });
  text('a', 600);
  text('b', 600);
  text('c', 600);
  text('c', 600);
  text('a', 600);
  expect(made).toEqual(['a', 'b', 'c', 'a']);

  const compiled: string[] = [];
  let later = (_: number): void => undefined;
  const shape = (key: string, fields: number) => store.shape(key, (tell) => { compiled.push(key); tell(fields); later = tell; return { type: key, fields: [] }; });
  shape('a', 40);
  shape('b', 10);
  later(60);
  shape('b', 10);
  shape('a', 40);
  expect(compiled).toEqual(['a', 'b', 'a']);
});
