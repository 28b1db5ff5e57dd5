import type { Logger } from 'pino';
import { LRUCache } from 'lru-cache';
import { refuse } from '../errors/refusal.ts';
import type { GraphQLParams } from '../server/graphql-params.ts';
import { sha256, type TrustedDocuments } from './trusted-documents.ts';

export interface DocumentOptions {
  /** Whether clients may register documents by their hash (automatic persisted queries). */
  readonly automatic: boolean;
  readonly trusted: TrustedDocuments | undefined;
  /** `log`: documents that are not trusted are answered and logged. `required`: they are refused. */
  readonly mode: 'off' | 'log' | 'required';
  readonly logger: Logger;
}

/** A document that is to be executed. */
export interface ResolvedDocument {
  readonly text: string;
  /** Whether the operator knows it: then its operation's name may be a label of metrics. */
  readonly trusted: boolean;
  /** Keeps it for those who send only its hash; for a document that has turned out valid. */
  remember(): void;
}

export type ResolveDocument = (params: GraphQLParams) => ResolvedDocument;

// Of UTF-16 code units, over all documents kept.
const maxKept = 32 * 1024 * 1024;
const longestId = 200;
const hash = /^[0-9a-f]{64}$/;

/**
 * Finds the document that a request means: its text, or the id of one that is known, either trusted or registered by somebody
 * (Apollo's persisted query protocol: `extensions.persistedQuery`). Throws a Refusal.
 */
export function createDocumentResolver({ automatic, trusted, mode, logger }: DocumentOptions): ResolveDocument {
  const registered = new LRUCache<string, string>({ maxSize: maxKept, sizeCalculation: ({ length }) => length });

  return (params) => {
    const { id, register } = idOf(params);
    const known = id === undefined ? undefined : trusted?.byId(id);
    const text = known ?? params.query ?? (id !== undefined && automatic ? registered.get(id) : undefined);
    if (text === undefined || text === '') throw id === undefined ? missing() : notFound();
    if (register && known === undefined && params.query !== undefined && sha256(params.query) !== id) {
      throw refuse('BAD_REQUEST', 'extensions.persistedQuery.sha256Hash is not the SHA-256 of the query.', { status: 400 });
    }
    const isTrusted = known !== undefined || (trusted?.has(text) ?? false);
    if (!isTrusted && mode === 'required') throw refuse('DOCUMENT_NOT_TRUSTED', 'This server answers the documents it was given beforehand, and this is none of them.', { status: 403 });
    if (!isTrusted && mode === 'log') logger.warn({ sha256: sha256(text) }, 'a document that is not trusted');
    return {
      text, trusted: isTrusted,
      remember() {
        if (register && automatic && !isTrusted && id !== undefined) registered.set(id, text);
      },
    };
  };

  function notFound() {
    if (!automatic && !trusted) return refuse('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
    // Clients of the protocol look at these very words, and send the text with the hash.
    return refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
  }
}

function idOf({ documentId, extensions: { persistedQuery } }: GraphQLParams): { readonly id: string | undefined; readonly register: boolean } {
  if (persistedQuery !== undefined && persistedQuery !== null) {
    const { version, sha256Hash } = persistedQuery as { version?: unknown; sha256Hash?: unknown };
    if (version !== 1) throw refuse('BAD_REQUEST', 'extensions.persistedQuery.version must be 1.', { status: 400 });
    if (typeof sha256Hash !== 'string' || !hash.test(sha256Hash)) throw refuse('BAD_REQUEST', 'extensions.persistedQuery.sha256Hash must be 64 hex digits in lower case.', { status: 400 });
    return { id: sha256Hash, register: true };
  }
  if (documentId === undefined) return { id: undefined, register: false };
  if (documentId.length > longestId) throw refuse('BAD_REQUEST', `documentId is longer than ${longestId} characters.`, { status: 400 });
  return { id: documentId.replace(/^sha256:/, ''), register: false };
}

function missing() {
  return refuse('BAD_REQUEST', 'There is no "query".', { status: 400 });
}
