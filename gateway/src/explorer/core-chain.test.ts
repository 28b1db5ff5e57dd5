import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { buildPlanner } from '../planning/build-planner.ts';

test('the query that the explorer opens with fits the graph', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
  const { apiSdl } = buildPlanner(read('../../supergraph.graphql'), { known: true });
  expect(validate(buildSchema(apiSdl), parse(read('core-chain.graphql')))).toEqual([]);
});
