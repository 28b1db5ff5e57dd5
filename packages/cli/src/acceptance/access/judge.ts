import type { Answer } from '../test-platform.ts';
import type { Document } from './documents.ts';
import type { Manner, Path } from './questions.ts';

/** What became of a field: answered; refused where it stands; or what leads to it is refused. */
export type Verdict = 'open' | 'refused' | 'out of reach';

export interface Finding {
  readonly field: string;
  readonly manner: Manner;
  readonly verdict: Verdict;
}

/** Holds an answer against what is decided: what was found of each field, and all that is not as it should be. */
export function judge({ places }: Document, { data, errors = [] }: Answer<unknown>, opens: (needs: string) => boolean): { findings: Finding[]; faults: string[] } {
  const faults: string[] = [];
  const expected = new Set<string>();
  const findings = places.map(({ field, manner, way }): Finding => {
    const shut = way.find(({ needs }) => !opens(needs));
    const { path } = shut ?? way.at(-1) ?? { path: [] };
    if (shut) expected.add(JSON.stringify(path));
    const value = valueAt(data, path);
    if (shut ? value !== null : value === undefined) faults.push(`${field} ${manner} is ${shut ? 'there, refused or not' : 'open, and was not reached'}: ${path.join('.')}`);
    return { field, manner, verdict: !shut ? 'open' : shut === way.at(-1) ? 'refused' : 'out of reach' };
  });

  const refused = errors.filter(({ extensions }) => extensions?.code === 'FORBIDDEN').map(({ path }) => JSON.stringify(path));
  faults.push(...refused.filter((path, i) => !expected.has(path) || refused.indexOf(path) !== i).map((path) => `refused, and should not be, or not twice: ${path}`));
  faults.push(...[...expected].filter((path) => !refused.includes(path)).map((path) => `without an error that says why: ${path}`));
  faults.push(...errors.filter(({ extensions, message }) => extensions?.code !== 'FORBIDDEN' && !isNoId(message)).map(({ message, path }) => `${message} ${JSON.stringify(path)}`));
  return { findings, faults };
}

/** What `Query.node` tells whoever may ask it. */
function isNoId(message: string): boolean {
  return message.startsWith('id: expected an id, ') && message.endsWith('; got "x"');
}

/** What stands at a path; undefined when there is no such place. */
function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined), data);
}
