import { readFileSync } from 'node:fs';
import { OperatorError } from '@forge/config';
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The documents that clients were built with. */
export interface TrustedDocuments {
  /** The document with this id; undefined when there is none. */
  byId(id: string): string | undefined;
  /** Whether this text is one of them. */
  has(text: string): boolean;
  readonly size: number;
}

// As @apollo/generate-persisted-query-manifest writes it, and as graphql-codegen's client preset does.
const apollo = z.object({ format: z.literal('apollo-persisted-query-manifest'), version: z.literal(1), operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })) });
const codegen = z.record(z.string().min(1), z.string().min(1));

/** Reads a manifest of either format; throws an OperatorError that says what is wrong with the file. */
export function readTrustedDocuments(file: string): TrustedDocuments {
  const entries = entriesOf(parse(file), file);
  const byId = new Map(entries);
  const texts = new Set(byId.values());
  // A client that hashes what it sends finds its document by that, whatever ids the manifest has.
  for (const text of texts) byId.set(sha256(text), text);
  return { byId: (id) => byId.get(id), has: (text) => texts.has(text), size: texts.size };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function entriesOf(manifest: unknown, file: string): [string, string][] {
  if (typeof manifest === 'object' && manifest !== null && 'format' in manifest) {
    const result = apollo.safeParse(manifest);
    if (result.success) return result.data.operations.map(({ id, body }) => [id, body]);
    throw new OperatorError(`${file} is not a persisted query manifest:\n${z.prettifyError(result.error)}`);
  }
  const result = codegen.safeParse(manifest);
  if (result.success) return Object.entries(result.data);
  throw new OperatorError(`${file} must map ids to documents, or be an apollo-persisted-query-manifest:\n${z.prettifyError(result.error)}`);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OperatorError(`The trusted documents cannot be read from ${file}: ${(error as Error).message}`);
  }
}
