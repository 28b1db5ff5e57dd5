import type { ApolloServerPlugin } from '@apollo/server';
import { annotate } from '@forge/telemetry';
import type { KitContext } from './context.ts';

/** Once it is known what an operation is: its span says so, and a mutation is no longer given up when its caller leaves. */
export const regardOperation: ApolloServerPlugin<KitContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, operationName, contextValue }) {
        annotate({ 'graphql.operation.type': operation?.operation, 'graphql.operation.name': operationName?.slice(0, 100) });
        if (operation?.operation === 'mutation') contextValue.caller.signal = undefined;
      },
    };
  },
};
