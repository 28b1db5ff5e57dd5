import { composeInWorker } from './compose-in-worker.ts';
import { composeSupergraph } from './compose.ts';
import { smallSources } from './fixture/small-supergraph.ts';
import { nodeSubgraphName } from './node-schema.ts';
import { stamp } from './stamp.ts';

test('composes what composing here does, and makes the node subgraph itself', async () => {
  const sources = smallSources();
  const without = sources.map((source) => (source.name === nodeSubgraphName ? { ...source, sdl: '' } : source));
  expect(await composeInWorker(without)).toBe(stamp(composeSupergraph(sources), sources));
});

test.each([
  ['do not fit together', 'type Query { a: Page } type Page { size: Int }', { name: 'CompositionError', faults: [expect.stringContaining('Page.size (INVALID_FIELD_SHARING)')] }],
  ['cannot be read', 'type Query {', { name: 'OperatorError', message: expect.stringMatching(/subgraph "a" cannot be read[\s\S]*Syntax Error/) }],
])('subgraphs that %s are explained', async (_, sdl, fault) => {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])\n';
  const b = { name: 'b', url: 'http://b.test', sdl: `${link}type Query { b: Page } type Page { size: Int }` };
  await expect(composeInWorker([{ name: 'a', url: 'http://a.test', sdl: link + sdl }, b])).rejects.toMatchObject(fault);
});

test('composing can be given up', async () => {
  await expect(composeInWorker(smallSources(), AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});
