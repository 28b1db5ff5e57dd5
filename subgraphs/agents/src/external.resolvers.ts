import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { agent } from './agent/agent.entity.ts';
import { agentConfigRevision } from './agent-config-revision/agent-config-revision.entity.ts';
import { agentDefinition } from './agent-definition/agent-definition.entity.ts';
import { agentDeployment } from './agent-deployment/agent-deployment.entity.ts';
import { agentSkillDelegation } from './agent-skill-delegation/agent-skill-delegation.entity.ts';
import { agentTemplate } from './agent-template/agent-template.entity.ts';

export const externalResolvers: Resolvers = {
  Gateway: {
    agents: ({ id }, args, context, info) => connection(context, agent, args, info, { column: 'gatewayId', id }),
    agentDeployments: ({ id }, args, context, info) => connection(context, agentDeployment, args, info, { column: 'gatewayId', id }),
  },
  Model: {
    agentDefinitions: ({ id }, args, context, info) => connection(context, agentDefinition, args, info, { column: 'defaultModelId', id }),
    agentTemplates: ({ id }, args, context, info) => connection(context, agentTemplate, args, info, { column: 'defaultModelId', id }),
  },
  Prompt: {
    agentDefinitions: ({ id }, args, context, info) => connection(context, agentDefinition, args, info, { column: 'promptId', id }),
  },
  SkillDefinition: {
    agentDefinitions: ({ id }, args, context, info) => connection(context, agentDefinition, args, info, { column: 'skillIds', id }),
    delegations: ({ id }, args, context, info) => connection(context, agentSkillDelegation, args, info, { column: 'skillId', id }),
    agentTemplates: ({ id }, args, context, info) => connection(context, agentTemplate, args, info, { column: 'skillIds', id }),
  },
  Team: {
    agentDefinitions: ({ id }, args, context, info) => connection(context, agentDefinition, args, info, { column: 'owningTeamId', id }),
  },
  Worker: {
    agents: ({ id }, args, context, info) => connection(context, agent, args, info, { column: 'workerId', id }),
    ownedAgentDefinitions: ({ id }, args, context, info) => connection(context, agentDefinition, args, info, { column: 'ownerId', id }),
    agentConfigRevisions: ({ id }, args, context, info) => connection(context, agentConfigRevision, args, info, { column: 'changedById', id }),
  },
  WorkerRole: {
    agentDefinitions: ({ id }, args, context, info) => connection(context, agentDefinition, args, info, { column: 'roleId', id }),
  },
};
