import Negotiator from 'negotiator';
import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from '../errors/refusal.ts';

export const graphqlResponse = 'application/graphql-response+json; charset=utf-8';
export const json = 'application/json; charset=utf-8';

export type MediaType = typeof graphqlResponse | typeof json;

/** What the client wants to be answered in; JSON where it leaves us the choice, as GraphQL over HTTP says (section 6.1). Throws a 406. */
export function acceptedMediaType({ accept = '*/*' }: IncomingHttpHeaders): MediaType {
  const accepted = new Negotiator({ headers: { accept } }).mediaType([json, graphqlResponse]);
  if (accepted === undefined) throw refuse('NOT_ACCEPTABLE', 'Answers come as application/graphql-response+json or application/json; the Accept header allows neither.', { status: 406 });
  return accepted as MediaType;
}
