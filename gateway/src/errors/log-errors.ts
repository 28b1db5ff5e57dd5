import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';
import type { SubgraphContext } from '../transport/transport.ts';
import { isInside, originOf } from './format-error.ts';

/** Logs the surprises whole, under the request id that the client was given. */
export function logErrors(logger: Logger): ApolloServerPlugin<SubgraphContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue, operationName }) {
          for (const error of errors.filter(isInside)) {
            logger.error({ err: originOf(error), path: error.path, operationName, requestId: contextValue.requestId }, 'an operation failed');
          }
        },
      };
    },
    async contextCreationDidFail({ error }) {
      if (isInside(error as { extensions?: Record<string, unknown> })) logger.error({ err: error }, 'authentication failed unexpectedly');
    },
  };
}
