import { isDeepStrictEqual } from 'node:util';

/** What came back for a request. */
export interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/**
 * `whole`: as it would be without any trouble. `gaps`: without what sick subgraphs have, each gap told at its place, and all else as it
 * would be. `refused`: turned away, by a status. `wrong`: anything else.
 */
export type Verdict =
  | { readonly outcome: 'whole' }
  | { readonly outcome: 'gaps'; readonly codes: readonly string[]; /** Of a mutation that may have happened. */ readonly uncertain: boolean }
  | { readonly outcome: 'refused' | 'wrong'; readonly detail: string };

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions?: { readonly code?: string; readonly subgraph?: string } }[];
}

const sickCodes = new Set(['SUBGRAPH_UNAVAILABLE', 'TIMEOUT']);

/** Compares an answer with the whole one; `mayLack` are the subgraphs whose parts may be missing. */
export function judge({ status, retryAfter, text }: Answered, whole: string, mayLack: readonly string[]): Verdict {
  if (status !== 200) return { outcome: 'refused', detail: `${status}, ${retryAfter === undefined ? 'no Retry-After' : `Retry-After: ${retryAfter}`}: ${text.slice(0, 200)}` };
  if (text === whole) return { outcome: 'whole' };

  const { data, errors = [] } = JSON.parse(text) as Answer;
  const strange = errors.find(({ path, extensions: { code = '', subgraph = '' } = {} }) => path === undefined || !sickCodes.has(code) || !mayLack.includes(subgraph));
  if (strange) return { outcome: 'wrong', detail: JSON.stringify(strange) };

  const expected = JSON.parse(whole) as Answer;
  for (const { path = [] } of errors) putNull(expected.data, path);
  if (errors.length === 0 || !isDeepStrictEqual(data, expected.data)) return { outcome: 'wrong', detail: `${text.slice(0, 500)} in place of ${whole.slice(0, 500)}` };
  return { outcome: 'gaps', codes: [...new Set(errors.map(({ extensions }) => extensions?.code ?? ''))], uncertain: errors.some(({ message }) => message.includes('not known whether')) };
}

function putNull(data: unknown, path: readonly (string | number)[]): void {
  const [last = ''] = path.slice(-1);
  const parent = path.slice(0, -1).reduce((value: unknown, key) => (value as Record<string, unknown> | null)?.[key], data) as Record<string, unknown> | null | undefined;
  if (parent) parent[last] = null;
}
