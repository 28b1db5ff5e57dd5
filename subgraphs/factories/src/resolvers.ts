import { factoryResolvers } from './factory/factory.resolvers.ts';
import { factoryTypeResolvers } from './factory-type/factory-type.resolvers.ts';
import { factoryBlueprintResolvers } from './factory-blueprint/factory-blueprint.resolvers.ts';
import { factoryAssignmentResolvers } from './factory-assignment/factory-assignment.resolvers.ts';
import { factoryTeamMemberResolvers } from './factory-team-member/factory-team-member.resolvers.ts';
import { factoryDevEnvironmentResolvers } from './factory-dev-environment/factory-dev-environment.resolvers.ts';
import { factoryTokenEventResolvers } from './factory-token-event/factory-token-event.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  factoryResolvers,
  factoryTypeResolvers,
  factoryBlueprintResolvers,
  factoryAssignmentResolvers,
  factoryTeamMemberResolvers,
  factoryDevEnvironmentResolvers,
  factoryTokenEventResolvers,
  externalResolvers,
];
