import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import { loadSupergraph } from '../supergraph/load.ts';

test('the query that the explorer opens with fits the graph', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
  const { sdlForApollo } = loadSupergraph(read('../../supergraph.graphql'));
  const schema = Supergraph.build(sdlForApollo).apiSchema().toGraphQLJSSchema();
  expect(validate(schema, parse(read('core-chain.graphql')))).toEqual([]);
});
