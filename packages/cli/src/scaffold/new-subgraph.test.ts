import { parse } from 'yaml';
import { listDomains } from '../domains.ts';
import { newSubgraph } from './new-subgraph.ts';
import { makeTestProject, type TestProject } from './test-project.ts';

let project: TestProject;
beforeEach(() => (project = makeTestProject()));
afterEach(() => project.remove());

test('a new domain is known to the gateway, on a port of its own, and to the forge program, and has its scopes', () => {
  newSubgraph(project.projectDir, 'shop');
  expect(listDomains(project.projectDir)).toEqual(['agents', 'shop']);
  const { subgraphs } = parse(project.read('gateway/supergraph.yaml')) as { subgraphs: Record<string, { routing_url: string; schema: { file: string } }> };
  expect(subgraphs['shop']?.schema.file).toBe('../subgraphs/shop/schema.graphql');
  const urls = Object.values(subgraphs).map((subgraph) => subgraph.routing_url);
  expect(new Set(urls).size).toBe(urls.length);
  const { dependencies } = JSON.parse(project.read('packages/cli/package.json')) as { dependencies: Record<string, string> };
  expect(dependencies['@forge/subgraph-shop']).toBe('workspace:*');
  expect(Object.keys(dependencies)).toEqual(Object.keys(dependencies).sort());
  expect(project.read('packages/auth/src/scopes.ts')).toContain("'workforce', 'shop'] as const;");
  const program = project.read('packages/cli/src/subgraphs.ts');
  const imports = program.match(/^import .*/gm) ?? [];
  const entries = program.match(/^ {2}\w+: create.*/gm) ?? [];
  expect(imports).toContain("import { createShopSubgraph } from '@forge/subgraph-shop';");
  expect(entries).toContain('  shop: createShopSubgraph,');
  expect([imports, entries]).toEqual([imports.toSorted(), entries.toSorted()]);
});

test.each([
  ['agents', 'There is a domain agents already'],
  ['Shop', '"Shop" is not a name for a domain: use lower-case letters and digits, such as billing'],
  ['web-shop', '"web-shop" is not a name for a domain: use lower-case letters and digits, such as billing'],
  ['', '"" is not a name for a domain: use lower-case letters and digits, such as billing'],
])('forge new subgraph "%s" is refused, and nothing is written', (name, message) => {
  const before = project.files();
  expect(() => newSubgraph(project.projectDir, name)).toThrow(expect.objectContaining({ name: 'OperatorError', message }));
  expect(project.files()).toEqual(before);
});

test('a domain made again is refused, and stays as it is', () => {
  newSubgraph(project.projectDir, 'shop');
  const before = project.files();
  expect(() => newSubgraph(project.projectDir, 'shop')).toThrow(/There is a domain shop already/);
  expect(project.files()).toEqual(before);
});
