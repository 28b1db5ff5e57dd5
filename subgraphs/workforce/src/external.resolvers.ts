import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { worker } from './worker/worker.entity.ts';
import { position } from './position/position.entity.ts';

export const externalResolvers: Resolvers = {
  WorkerRole: {
    workers: ({ id }, args, context, info) => connection(context, worker, args, info, { column: 'roleId', id }),
    positions: ({ id }, args, context, info) => connection(context, position, args, info, { column: 'roleId', id }),
  },
};
