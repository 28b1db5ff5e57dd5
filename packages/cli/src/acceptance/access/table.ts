import { join } from 'node:path';
import { byId, isEntity, type Decided } from './decided.ts';
import { principals } from './principals.ts';
import { seenBy } from './routes.ts';
import { inWords } from './scopes.ts';

export const tableFile = join(import.meta.dirname, 'access-table.txt');
export const toRewrite = 'npx node packages/cli/src/acceptance/access/write-table.ts';

const roots = ['Query', 'Mutation'];

/** What is decided, for people: which scopes open what, a line for each root field, and for all fields of a type that the same scopes open. */
export function describeAccess(decided: Decided): string {
  const others = [...decided.types.values()].filter(({ name }) => !roots.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Which scopes open which field, by what gateway/supergraph.graphql says; whoever has its parent. The tests beside this file walk through all of it.',
    `# After a change: ${toRewrite}`,
    '', '# How many fields are seen by',
    ...[...principals('')].map(([name, { scopes }]) => `${name}: ${seenBy(decided, scopes).fields.size}`),
    ...roots.flatMap((root) => ['', `# ${root}`, ...decided.names.filter((name) => name.startsWith(`${root}.`)).sort().map((name) => `${name}: ${inWords(decided.needs(name))}`)]),
    '', '# Objects',
    ...others.flatMap((type) => {
      const groups = Map.groupBy(decided.names.filter((name) => name.startsWith(`${type.name}.`)), (name) => inWords(decided.needs(name)));
      const lines = [...groups].map(([needed, names]) => `${type.name}, ${needed}: ${names.map((name) => name.split('.')[1] ?? '').join(' ')}`);
      return isEntity(type) ? [`${byId(type.name)}: ${inWords(decided.needs(byId(type.name)))}`, ...lines] : lines;
    }),
    '',
  ].join('\n');
}
