import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { registeredSkill } from './registered-skill.entity.ts';
import { skillDefinition } from '../skill-definition/skill-definition.entity.ts';

export const registeredSkillResolvers: Resolvers = {
  Query: {
    registeredSkill: (_, { id }, context, info) => findById(context, registeredSkill, id, info),
    registeredSkills: (_, args, context, info) => connection(context, registeredSkill, args, info),
  },
  RegisteredSkill: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, registeredSkill, id, info),
    definition: ({ definitionId }, _, context, info) => reference(context, skillDefinition, definitionId, info),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
  },
};
