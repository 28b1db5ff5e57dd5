import type { FastifyRequest } from 'fastify';
import { refuse } from '../errors/refusal.ts';

/** What a client asks for (GraphQL over HTTP, section 5). */
export interface GraphQLParams {
  readonly query: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Of a document that the server knows already (the specification's appendix on persisted documents). */
  readonly documentId: string | undefined;
}

type Raw = Readonly<Record<string, unknown>>;

/** The parameters out of a POST's JSON; throws a 400 that names the one that is not as it should be. */
export function paramsOfBody(body: unknown): GraphQLParams {
  if (Array.isArray(body)) throw bad('The body is a list: operations are sent one a request.');
  if (!isRecord(body)) throw bad('The body must be a JSON object with a "query".');
  return checked(body);
}

/** The parameters out of a GET's query string; throws a 400 as paramsOfBody does. */
export function paramsOfQuery({ url }: Pick<FastifyRequest, 'url'>): GraphQLParams {
  const search = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const once = (name: string) => {
    const [value, ...more] = search.getAll(name);
    if (more.length > 0) throw bad(`"${name}" is given ${more.length + 1} times.`);
    return value === '' ? undefined : value;
  };
  const parsed = (name: string): unknown => {
    const text = once(name);
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch {
      throw bad(`"${name}" is not JSON.`);
    }
  };
  return checked({ query: once('query'), operationName: once('operationName'), documentId: once('documentId'), variables: parsed('variables'), extensions: parsed('extensions') });
}

function checked(raw: Raw): GraphQLParams {
  return { query: text(raw, 'query'), operationName: text(raw, 'operationName'), documentId: text(raw, 'documentId'), variables: record(raw, 'variables'), extensions: record(raw, 'extensions') };
}

function text(raw: Raw, name: string): string | undefined {
  const value = raw[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw bad(`"${name}" must be a string.`);
}

function record(raw: Raw, name: string): Raw {
  const value = raw[name] ?? {};
  if (isRecord(value)) return value;
  throw bad(`"${name}" must be a JSON object.`);
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(message: string) {
  return refuse('BAD_REQUEST', message, { status: 400 });
}
