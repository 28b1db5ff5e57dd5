import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { authorityGrant } from './authority-grant/authority-grant.entity.ts';
import { auditEvent } from './audit-event/audit-event.entity.ts';
import { platformEvent } from './platform-event/platform-event.entity.ts';

export const externalResolvers: Resolvers = {
  Worker: {
    authorityGrants: ({ id }, args, context, info) => connection(context, authorityGrant, args, info, { column: 'granteeId', id }),
    grantsGiven: ({ id }, args, context, info) => connection(context, authorityGrant, args, info, { column: 'grantedById', id }),
  },
  WorkflowRun: {
    auditEvents: ({ id }, args, context, info) => connection(context, auditEvent, args, info, { column: 'runId', id }),
    platformEvents: ({ id }, args, context, info) => connection(context, platformEvent, args, info, { column: 'runId', id }),
  },
  Agent: {
    platformEvents: ({ id }, args, context, info) => connection(context, platformEvent, args, info, { column: 'agentId', id }),
  },
  Gateway: {
    platformEvents: ({ id }, args, context, info) => connection(context, platformEvent, args, info, { column: 'gatewayId', id }),
  },
};
