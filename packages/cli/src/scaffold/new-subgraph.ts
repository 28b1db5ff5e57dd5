import { OperatorError } from '@forge/config';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listDomains } from '../domains.ts';
import { create, edit } from './edit.ts';
import { pascal } from './names.ts';
import { sharedPrismaFiles, subgraphFiles } from './subgraph-files.ts';

/** Makes an empty domain and makes it known to the gateway and the `forge` program; answers the files it made or changed. */
export function newSubgraph(projectDir: string, domain: string): string[] {
  if (!/^[a-z][a-z0-9]*$/.test(domain)) throw new OperatorError(`"${domain}" is not a name for a domain: use lower-case letters and digits, such as billing`);
  const domains = listDomains(projectDir);
  if (domains.includes(domain)) throw new OperatorError(`There is a domain ${domain} already`);
  const [pattern = ''] = domains;
  const shared = Object.fromEntries(sharedPrismaFiles.map((file) => [`prisma/${domain}/${file}`, readFileSync(join(projectDir, 'prisma', pattern, file), 'utf8')]));
  const files = { ...shared, ...subgraphFiles(domain) };
  for (const [path, text] of Object.entries(files)) create(join(projectDir, path), text);

  const known = [
    [join(projectDir, 'gateway/supergraph.yaml'), (text: string) => addToSupergraph(text, domain)],
    [join(projectDir, 'packages/auth/src/scopes.ts'), (text: string) => addScopes(text, domain)],
    [join(projectDir, 'packages/cli/package.json'), (text: string) => addDependency(text, `@forge/subgraph-${domain}`)],
    [join(projectDir, 'packages/cli/src/subgraphs.ts'), (text: string) => addToSubgraphs(text, domain)],
  ] as const;
  for (const [path, change] of known) edit(path, change);
  return [...Object.keys(files).map((path) => join(projectDir, path)), ...known.map(([path]) => path)];
}

/** On the next free port. */
function addToSupergraph(text: string, domain: string): string {
  const ports = [...text.matchAll(/localhost:(\d+)/g)].map(([, port]) => Number(port));
  return `${text.trimEnd()}\n  ${domain}:\n    routing_url: http://localhost:${Math.max(...ports) + 1}/graphql\n    schema:\n      file: ../subgraphs/${domain}/schema.graphql\n`;
}

/** Its `<domain>:read` and `<domain>:write`. */
function addScopes(text: string, domain: string): string {
  return text.replace(/^(const domains = \[.*)(\] as const;)$/m, (_, before: string, end: string) => `${before}, '${domain}'${end}`);
}

function addDependency(text: string, name: string): string {
  const json = JSON.parse(text) as { dependencies: Record<string, string> };
  const sorted = Object.entries({ ...json.dependencies, [name]: 'workspace:*' }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return `${JSON.stringify({ ...json, dependencies: Object.fromEntries(sorted) }, null, 2)}\n`;
}

/** Imports and entries are in the order of the alphabet. */
function addToSubgraphs(text: string, domain: string): string {
  const name = `create${pascal(domain)}Subgraph`;
  const lines = text.split('\n');
  const added = (kind: RegExp, line: string) => [...lines.filter((other) => kind.test(other)), line].sort();
  const imports = added(/^import /, `import { ${name} } from '@forge/subgraph-${domain}';`);
  const entries = added(/^ {2}\w+: create/, `  ${domain}: ${name},`);
  return [...imports, ...lines.filter((line) => !/^(import | {2}\w+: create|\};$)/.test(line)).join('\n').trimEnd().split('\n'), ...entries, '};', ''].join('\n');
}
