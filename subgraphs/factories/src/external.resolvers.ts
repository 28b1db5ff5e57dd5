import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { factory } from './factory/factory.entity.ts';
import { factoryAssignment } from './factory-assignment/factory-assignment.entity.ts';
import { factoryTeamMember } from './factory-team-member/factory-team-member.entity.ts';
import { factoryDevEnvironment } from './factory-dev-environment/factory-dev-environment.entity.ts';
import { factoryTokenEvent } from './factory-token-event/factory-token-event.entity.ts';

export const externalResolvers: Resolvers = {
  Worker: {
    managedFactories: ({ id }, args, context, info) => connection(context, factory, args, info, { column: 'managerId', id }),
    assignments: ({ id }, args, context, info) => connection(context, factoryAssignment, args, info, { column: 'assigneeId', id }),
    factoryMemberships: ({ id }, args, context, info) => connection(context, factoryTeamMember, args, info, { column: 'workerId', id }),
    devEnvironments: ({ id }, args, context, info) => connection(context, factoryDevEnvironment, args, info, { column: 'ownerId', id }),
    factoryTokenEvents: ({ id }, args, context, info) => connection(context, factoryTokenEvent, args, info, { column: 'workerId', id }),
  },
  Agent: {
    managedFactories: ({ id }, args, context, info) => connection(context, factory, args, info, { column: 'managerAgentId', id }),
  },
  Team: {
    factories: ({ id }, args, context, info) => connection(context, factory, args, info, { column: 'teamId', id }),
  },
  Budget: {
    factories: ({ id }, args, context, info) => connection(context, factory, args, info, { column: 'budgetId', id }),
  },
  WorkflowRun: {
    assignments: ({ id }, args, context, info) => connection(context, factoryAssignment, args, info, { column: 'runId', id }),
    factoryTokenEvents: ({ id }, args, context, info) => connection(context, factoryTokenEvent, args, info, { column: 'runId', id }),
  },
  Position: {
    factoryMembers: ({ id }, args, context, info) => connection(context, factoryTeamMember, args, info, { column: 'positionId', id }),
  },
  TokenEvent: {
    factoryAttributions: ({ id }, args, context, info) => connection(context, factoryTokenEvent, args, info, { column: 'tokenEventId', id }),
  },
};
