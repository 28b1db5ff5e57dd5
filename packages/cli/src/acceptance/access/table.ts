import { join } from 'node:path';
import { byId, isEntity, type Decided } from './decided.ts';
import { principals } from './principals.ts';
import { inWords } from './scopes.ts';

export const tableFile = join(import.meta.dirname, 'access-table.txt');
export const toRewrite = 'npx node packages/cli/src/acceptance/access/write-table.ts';

const roots = ['Query', 'Mutation'];
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * What is decided, for people: a line for each root field, each type, and each field that needs more than its type. It begins with
 * those who get it, a letter each, and ends with the scopes that it takes. A field that is as open as its type has no line.
 */
export function describeAccess(decided: Decided): string {
  const columns = [...principals('')].map(([name, { scopes }], i) => ({ letter: letters.charAt(i), name, scopes }));
  const line = (name: string, shown = name) => `${columns.map(({ letter, scopes }) => (decided.opens(scopes, name) ? letter : '.')).join('')}  ${shown}: ${inWords(decided.needs(name))}`;
  const types = [...decided.types.values()].filter(({ name }) => !roots.includes(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const fieldsOf = (type: string) => decided.names.filter((name) => name.startsWith(`${type}.`));
  const same = (name: string) => inWords(decided.needs(name));
  return [
    '# Who gets which field, by what gateway/supergraph.graphql says, if they get what leads there. Tests ask for all of it through the gateway.',
    `# A field that is as open as its type has no line. After a change: ${toRewrite}`,
    '', ...columns.map(({ letter, name, scopes }) => `# ${letter} ${name}${name.includes('everything') || scopes.length === 0 ? '' : `, ${scopes.join(' ')}`}`),
    ...roots.flatMap((root) => ['', `# ${root}`, ...fieldsOf(root).sort().map((name) => line(name))]),
    '', '# Types',
    ...types.flatMap((type) => [
      line(type.name),
      ...(isEntity(type) && same(byId(type.name)) !== same(type.name) ? [line(byId(type.name))] : []),
      ...[...Map.groupBy(fieldsOf(type.name).filter((name) => same(name) !== same(type.name)), same).values()]
        .map((group) => line(group[0] ?? '', `${type.name}.${group.map((name) => decided.field(name).name).join(' ')}`)),
    ]),
    '',
  ].join('\n');
}
