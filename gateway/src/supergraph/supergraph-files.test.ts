import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tasksSubgraph, workersSubgraph } from '../fixture/domains.ts';
import { composeFiles } from './supergraph-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
  for (const { name, sdl } of [tasksSubgraph(), workersSubgraph()]) writeFileSync(join(folder, `${name}.graphql`), sdl);
  const entry = (name: string) => `  ${name}:\n    routing_url: http://${name}.test/graphql\n    schema:\n      file: ./${name}.graphql\n`;
  writeFileSync(join(folder, 'supergraph.yaml'), `federation_version: =2.14.4\nsubgraphs:\n${['tasks', 'workers', 'node'].map(entry).join('')}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const compose = () => composeFiles(join(folder, 'supergraph.yaml'));

test('composes what is listed, the same each time', () => {
  const { files } = compose();
  expect(files.map(({ path }) => path)).toEqual([join(folder, 'node.graphql'), join(folder, 'supergraph.graphql')]);
  expect(compose().files).toEqual(files);
});

test('says whose schema has changed since', () => {
  for (const { path, text } of compose().files) writeFileSync(path, text);
  expect(compose().changed).toEqual([]);
  writeFileSync(join(folder, 'tasks.graphql'), tasksSubgraph().sdl.replace('title: String!', 'title: String! done: Boolean'));
  expect(compose().changed).toEqual(['tasks']);
});

test('says which printed schema is missing', () => {
  rmSync(join(folder, 'tasks.graphql'));
  expect(compose).toThrow('The subgraph "tasks" has no printed schema');
});

test('says what is wrong with the list', () => {
  writeFileSync(join(folder, 'supergraph.yaml'), 'federation_version: =2.14.4\nsubgraphs:\n  tasks: {}\n');
  expect(compose).toThrow(/is not a list of subgraphs[\s\S]*routing_url/);
});
