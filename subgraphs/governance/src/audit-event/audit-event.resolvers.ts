import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { auditChain } from './audit-chain.ts';
import { auditEvent } from './audit-event.entity.ts';

export const auditEventResolvers: Resolvers = {
  Query: {
    auditEvent: (_, { id }, context, info) => findById(context, auditEvent, id, info),
    auditEvents: (_, args, context, info) => connection(context, auditEvent, args, info),
    auditChain: (_, args, context) => auditChain(args, context),
  },
  AuditEvent: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, auditEvent, id, info),
    run: ({ runId }) => stub('WorkflowRun', runId),
  },
};
