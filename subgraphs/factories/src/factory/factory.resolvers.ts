import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { updateFactory } from './update-factory.ts';
import { factory } from './factory.entity.ts';
import { factoryType } from '../factory-type/factory-type.entity.ts';
import { factoryBlueprint } from '../factory-blueprint/factory-blueprint.entity.ts';
import { factoryAssignment } from '../factory-assignment/factory-assignment.entity.ts';
import { factoryTeamMember } from '../factory-team-member/factory-team-member.entity.ts';
import { factoryDevEnvironment } from '../factory-dev-environment/factory-dev-environment.entity.ts';
import { factoryTokenEvent } from '../factory-token-event/factory-token-event.entity.ts';

export const factoryResolvers: Resolvers = {
  Query: {
    factory: (_, { id }, context, info) => findById(context, factory, id, info),
    factories: (_, args, context, info) => connection(context, factory, args, info),
  },
  Factory: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, factory, id, info),
    type: ({ typeId }, _, context, info) => reference(context, factoryType, typeId, info),
    manager: ({ managerId }) => stub('Worker', managerId),
    managerAgent: ({ managerAgentId }) => stub('Agent', managerAgentId),
    team: ({ teamId }) => stub('Team', teamId),
    budget: ({ budgetId }) => stub('Budget', budgetId),
    blueprint: ({ blueprintId }, _, context, info) => reference(context, factoryBlueprint, blueprintId, info),
    assignments: ({ id }, args, context, info) => connection(context, factoryAssignment, args, info, { column: 'factoryId', id }),
    teamMembers: ({ id }, args, context, info) => connection(context, factoryTeamMember, args, info, { column: 'factoryId', id }),
    devEnvironments: ({ id }, args, context, info) => connection(context, factoryDevEnvironment, args, info, { column: 'factoryId', id }),
    attributedTokenEvents: ({ id }, args, context, info) => connection(context, factoryTokenEvent, args, info, { column: 'factoryId', id }),
  },
  Mutation: {
    updateFactory: (_, { input }, context) => updateFactory(input, context),
  },
};
