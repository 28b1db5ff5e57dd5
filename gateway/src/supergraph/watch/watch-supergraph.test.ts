import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { smallSources } from '../fixture/small-supergraph.ts';
import { composeFiles } from '../supergraph-files.ts';
import { watchSupergraph, type Watched, type WatchedSupergraph } from './watch-supergraph.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const sdlOf = (name: string) => smallSources().find((source) => source.name === name)?.sdl ?? '';
const write = (name: string, text: string) => {
  writeFileSync(at(`${name}~`), text);
  renameSync(at(`${name}~`), at(name));
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
  for (const { name, sdl } of smallSources()) write(`${name}.graphql`, sdl);
  const entry = (name: string) => `  ${name}:\n    routing_url: http://${name}.test/graphql\n    schema:\n      file: ./${name}.graphql\n`;
  write('supergraph.yaml', `federation_version: =2.14.4\nsubgraphs:\n${['tasks', 'workers', 'node'].map(entry).join('')}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function watching(watched: Watched) {
  const told: WatchedSupergraph[] = [];
  const logged: string[] = [];
  const watch = await watchSupergraph({
    ...watched, settleMilliseconds: 20, logger: pino({}, { write: (line) => logged.push(line) }), onChange: async (supergraph) => void told.push(supergraph),
  });
  const until = async (count: number) => { while (told.length + logged.length < count) await pause(10); };
  return { told, logged, until, watch };
}

test('a composed supergraph is told of when its file changes', async () => {
  write('supergraph.graphql', 'type Query { a: Int }');
  const { told, until, watch } = await watching({ file: at('supergraph.graphql'), inUse: 'type Query { a: Int }' });
  write('supergraph.graphql', 'type Query { b: Int }');
  await until(1);
  expect(told).toEqual([{ sdl: 'type Query { b: Int }' }]);
  await watch.stop();
});

test('subgraphs are composed again when a schema changes, as forge compose would, and faults are logged', async () => {
  const { told, logged, until, watch } = await watching({ listFile: at('supergraph.yaml') });
  write('tasks.graphql', sdlOf('tasks').replace('title: String!', 'title: String! done: Boolean'));
  await until(1);
  expect(told[0]?.sdl).toBe(composeFiles(at('supergraph.yaml')).files.find(({ path }) => path.endsWith('supergraph.graphql'))?.text);
  expect(told[0]?.sources?.map(({ name }) => name)).toEqual(['tasks', 'workers', 'node']);

  write('tasks.graphql', sdlOf('tasks').replace('type Worker @key(fields: "id") { id: ID!', 'type Worker @key(fields: "id") { id: ID! name: Int'));
  await until(2);
  expect(logged[0]).toContain('The supergraph stays as it is. The subgraphs do not compose');
  await watch.stop();
});

test('a schema that the list comes to name is watched too', async () => {
  const { told, until, watch } = await watching({ listFile: at('supergraph.yaml') });
  const head = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
  write('more.graphql', `${head}type Query { more: Int }`);
  write('supergraph.yaml', `federation_version: =2.14.4\nsubgraphs:\n  more:\n    routing_url: http://more.test/graphql\n    schema:\n      file: ./more.graphql\n`);
  await until(1);
  write('more.graphql', `${head}type Query { most: Int }`);
  await until(2);
  expect(told.map(({ sdl }) => /\b(more|most): Int/.exec(sdl)?.[1])).toEqual(['more', 'most']);
  await watch.stop();
});
