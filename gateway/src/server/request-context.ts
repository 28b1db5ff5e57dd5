import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { UnauthenticatedError } from '@forge/auth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Authenticate } from '../security/authenticate/authenticate.ts';
import type { SubgraphContext } from '../transport/transport.ts';

/** The id of a request: the caller's own when it is fit for a log, else a new one. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** Makes the context of an operation: who is asking, under which id, and whether they are still there. */
export function requestContext(authenticate: Authenticate) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<SubgraphContext> => ({
    principal: await principalOf(request, authenticate),
    requestId: request.id,
    signal: whenClientLeaves(reply),
  });
}

async function principalOf({ headers }: FastifyRequest, authenticate: Authenticate) {
  try {
    return await authenticate(headers);
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
  }
}

function whenClientLeaves({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) left.abort();
  });
  return left.signal;
}
