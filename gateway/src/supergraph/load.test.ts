import { Supergraph } from '@apollo/federation-internals';
import { composeFixture } from '../fixture/start.ts';
import { tasksSubgraph, workersSubgraph } from '../fixture/domains.ts';
import { loadSupergraph } from './load.ts';

test('Apollo takes a supergraph with @authenticated, and we keep what it says', () => {
  const { sdl, sdlForApollo, subgraphs } = loadSupergraph(composeFixture([tasksSubgraph(), workersSubgraph()]));
  expect(() => Supergraph.build(sdl)).toThrow('SECURITY');
  expect(() => Supergraph.build(sdlForApollo)).not.toThrow();
  for (const text of [sdl, sdlForApollo]) expect(text).toMatch(/workers: \[Worker!\].*@authenticated/);
  expect(subgraphs.map(({ name }) => name)).toEqual(['node', 'tasks', 'workers']);
});
