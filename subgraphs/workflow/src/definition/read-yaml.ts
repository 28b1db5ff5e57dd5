import { isCollection, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { Json } from './json.ts';

/** What is wrong, and in which line; told as `line 3: message`. */
export interface Fault {
  readonly line: number;
  readonly message: string;
}

export type Path = readonly (string | number)[];

export interface YamlSource {
  readonly document: Document;
  /** The whole as plain values. */
  readonly value: Json;
  /** The line of what stands at a path, or of the nearest thing around it. */
  readonly lineAt: (path: Path) => number;
}

/** Aliases multiply what a document says; nobody needs many. */
const maxAliasCount = 20;
const deepest = 50;

export function readYaml(yaml: string): { readonly source: YamlSource } | { readonly faults: readonly Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, stringKeys: true, logLevel: 'error' });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length) {
    const inWords = (message: string) => (message.includes('call stack') ? 'what stands here is nested too deep' : message);
    return { faults: wrong.map(({ pos, message }) => ({ line: lineOf(pos[0]), message: inWords(message) })) };
  }

  const lineAt = (path: Path): number => {
    let node: unknown = document.contents;
    let offset = offsetOf(node);
    for (const key of path) {
      node = isCollection(node) ? node.get(key, true) : undefined;
      offset = offsetOf(node) ?? offset;
    }
    return lineOf(offset ?? 0);
  };
  try {
    const value = document.toJS({ maxAliasCount }) as unknown;
    const fault = departure(value, []);
    return fault ? { faults: [{ line: lineAt(fault.at), message: fault.message }] } : { source: { document, value: value as Json, lineAt } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { faults: [{ line: 1, message: /alias count/.test(message) ? `the definition has more than ${maxAliasCount} aliases, or aliases of aliases` : message }] };
  }
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** Where a value is what JSON cannot say; an alias within what it stands for ends as too deep. */
function departure(value: unknown, at: Path): { at: Path; message: string } | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { at, message: `${value} is not a number that JSON knows` };
  if (at.length > deepest) return { at: at.slice(0, 3), message: `what stands here is nested deeper than ${deepest} levels` };
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return { at, message: 'what stands here is of a type that JSON does not know' };
  for (const [key, each] of Object.entries(value as object)) {
    const fault = departure(each, [...at, Array.isArray(value) ? Number(key) : key]);
    if (fault) return fault;
  }
  return undefined;
}
