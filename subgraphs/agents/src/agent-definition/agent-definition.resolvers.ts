import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { agent } from '../agent/agent.entity.ts';
import { agentConfigRevision } from '../agent-config-revision/agent-config-revision.entity.ts';
import { agentDefinition } from './agent-definition.entity.ts';
import { createAgentDefinition } from './create-agent-definition.ts';
import { updateAgentDefinition } from './update-agent-definition.ts';
import { agentDeployment } from '../agent-deployment/agent-deployment.entity.ts';
import { agentSkillDelegation } from '../agent-skill-delegation/agent-skill-delegation.entity.ts';
import { agentTemplate } from '../agent-template/agent-template.entity.ts';

export const agentDefinitionResolvers: Resolvers = {
  Query: {
    agentDefinition: (_, { id }, context, info) => findById(context, agentDefinition, id, info),
    agentDefinitions: (_, args, context, info) => connection(context, agentDefinition, args, info),
  },
  AgentDefinition: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentDefinition, id, info),
    prompt: ({ promptId }) => stub('Prompt', promptId),
    defaultModel: ({ defaultModelId }) => stub('Model', defaultModelId),
    skills: ({ skillIds }) => skillIds.map((id) => stub('SkillDefinition', id)),
    owner: ({ ownerId }) => stub('Worker', ownerId),
    owningTeam: ({ owningTeamId }) => stub('Team', owningTeamId),
    role: ({ roleId }) => stub('WorkerRole', roleId),
    template: ({ templateId }, _, context, info) => reference(context, agentTemplate, templateId, info),
    agents: ({ id }, args, context, info) => connection(context, agent, args, info, { column: 'definitionId', id }),
    deployments: ({ id }, args, context, info) => connection(context, agentDeployment, args, info, { column: 'definitionId', id }),
    configRevisions: ({ id }, args, context, info) => connection(context, agentConfigRevision, args, info, { column: 'definitionId', id }),
    delegationsGiven: ({ id }, args, context, info) => connection(context, agentSkillDelegation, args, info, { column: 'fromDefinitionId', id }),
    delegationsReceived: ({ id }, args, context, info) => connection(context, agentSkillDelegation, args, info, { column: 'toDefinitionId', id }),
  },
  Mutation: {
    createAgentDefinition: (_, { input }, context) => createAgentDefinition(input, context),
    updateAgentDefinition: (_, { input }, context) => updateAgentDefinition(input, context),
  },
};
