import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ask } from '../admission/ask.ts';
import type { Refusal } from '../errors/refusal.ts';
import { refusalOf } from '../errors/refusal-of.ts';
import type { GatewayMetrics } from '../telemetry/gateway-metrics.ts';
import { countRefusal } from '../telemetry/refusal-reason.ts';
import { paramsOfBody, paramsOfQuery, type GraphQLParams } from './graphql-params.ts';
import { acceptedMediaType, graphqlResponse, json, type MediaType } from './media-type.ts';
import { assertSameSite } from './same-site.ts';
import { whenClientLeaves } from './when-client-leaves.ts';

const path = '/graphql';

/** `GET` and `POST /graphql`, as GraphQL over HTTP says. */
export function addGraphQLRoute(http: FastifyInstance, ask: Ask, metrics: Pick<GatewayMetrics, 'refused'>): void {
  http.post(path, (request, reply) => handle(request, reply, () => paramsOfBody(request.body)));
  http.get(path, { exposeHeadRoute: false }, (request, reply) => handle(request, reply, () => {
    assertSameSite(request.headers);
    return paramsOfQuery(request);
  }));
  http.route({
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'], url: path,
    handler: (_, reply) => reply.code(405).header('allow', 'GET, POST').header('content-type', json).send(JSON.stringify({ errors: [{ message: 'The graph takes GET and POST.', extensions: { code: 'METHOD_NOT_ALLOWED' } }] })),
  });

  async function handle(request: FastifyRequest, reply: FastifyReply, readParams: () => GraphQLParams): Promise<FastifyReply> {
    let mediaType: MediaType = json;
    let params: GraphQLParams | undefined;
    try {
      mediaType = acceptedMediaType(request.headers);
      params = readParams();
      const { body, headers } = await ask({ params, mayMutate: request.method === 'POST', headers: request.headers, requestId: request.id, left: whenClientLeaves(reply) });
      return await reply.code(200).headers(headers).header('content-type', mediaType).send(body);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      // Who got as far as to ask is counted there.
      if (params === undefined) countRefusal(metrics, refusal);
      return send(reply, mediaType, refusal);
    }
  }

  function send(reply: FastifyReply, mediaType: MediaType, { status, errors, headers, extensions }: Refusal): FastifyReply {
    return reply.code(status ?? (mediaType === graphqlResponse ? 400 : 200)).headers(headers).header('content-type', mediaType).send(JSON.stringify({ errors, ...(extensions && { extensions }) }));
  }
}
