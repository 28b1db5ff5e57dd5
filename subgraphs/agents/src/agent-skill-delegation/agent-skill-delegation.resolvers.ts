import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { agentDefinition } from '../agent-definition/agent-definition.entity.ts';
import { agentSkillDelegation } from './agent-skill-delegation.entity.ts';
import { createAgentSkillDelegation } from './create-agent-skill-delegation.ts';

export const agentSkillDelegationResolvers: Resolvers = {
  Query: {
    agentSkillDelegation: (_, { id }, context, info) => findById(context, agentSkillDelegation, id, info),
    agentSkillDelegations: (_, args, context, info) => connection(context, agentSkillDelegation, args, info),
  },
  AgentSkillDelegation: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentSkillDelegation, id, info),
    fromDefinition: ({ fromDefinitionId }, _, context, info) => reference(context, agentDefinition, fromDefinitionId, info),
    toDefinition: ({ toDefinitionId }, _, context, info) => reference(context, agentDefinition, toDefinitionId, info),
    skill: ({ skillId }) => stub('SkillDefinition', skillId),
  },
  Mutation: {
    createAgentSkillDelegation: (_, { input }, context) => createAgentSkillDelegation(input, context),
  },
};
