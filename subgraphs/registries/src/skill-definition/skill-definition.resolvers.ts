import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createSkillDefinition } from './create-skill-definition.ts';
import { deleteSkillDefinition } from './delete-skill-definition.ts';
import { updateSkillDefinition } from './update-skill-definition.ts';
import { skillDefinition } from './skill-definition.entity.ts';
import { registeredSkill } from '../registered-skill/registered-skill.entity.ts';

export const skillDefinitionResolvers: Resolvers = {
  Query: {
    skillDefinition: (_, { id }, context, info) => findById(context, skillDefinition, id, info),
    skillDefinitions: (_, args, context, info) => connection(context, skillDefinition, args, info),
  },
  SkillDefinition: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, skillDefinition, id, info),
    registrations: ({ id }, args, context, info) => connection(context, registeredSkill, args, info, { column: 'definitionId', id }),
    owner: ({ ownerId }) => stub('Worker', ownerId),
  },
  Mutation: {
    createSkillDefinition: (_, { input }, context) => createSkillDefinition(input, context),
    updateSkillDefinition: (_, { input }, context) => updateSkillDefinition(input, context),
    deleteSkillDefinition: (_, { input }, context) => deleteSkillDefinition(input, context),
  },
};
