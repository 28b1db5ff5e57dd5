import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { agentDefinition } from '../agent-definition/agent-definition.entity.ts';
import { agentTemplate } from './agent-template.entity.ts';
import { createAgentTemplate } from './create-agent-template.ts';
import { deleteAgentTemplate } from './delete-agent-template.ts';
import { updateAgentTemplate } from './update-agent-template.ts';

export const agentTemplateResolvers: Resolvers = {
  Query: {
    agentTemplate: (_, { id }, context, info) => findById(context, agentTemplate, id, info),
    agentTemplates: (_, args, context, info) => connection(context, agentTemplate, args, info),
  },
  AgentTemplate: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentTemplate, id, info),
    skills: ({ skillIds }) => skillIds.map((id) => stub('SkillDefinition', id)),
    defaultModel: ({ defaultModelId }) => stub('Model', defaultModelId),
    agentDefinitions: ({ id }, args, context, info) => connection(context, agentDefinition, args, info, { column: 'templateId', id }),
  },
  Mutation: {
    createAgentTemplate: (_, { input }, context) => createAgentTemplate(input, context),
    deleteAgentTemplate: (_, { input }, context) => deleteAgentTemplate(input, context),
    updateAgentTemplate: (_, { input }, context) => updateAgentTemplate(input, context),
  },
};
