import { agentResolvers } from './agent/agent.resolvers.ts';
import { agentConfigRevisionResolvers } from './agent-config-revision/agent-config-revision.resolvers.ts';
import { agentDefinitionResolvers } from './agent-definition/agent-definition.resolvers.ts';
import { agentDeploymentResolvers } from './agent-deployment/agent-deployment.resolvers.ts';
import { agentSkillDelegationResolvers } from './agent-skill-delegation/agent-skill-delegation.resolvers.ts';
import { agentTemplateResolvers } from './agent-template/agent-template.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  agentResolvers,
  agentConfigRevisionResolvers,
  agentDefinitionResolvers,
  agentDeploymentResolvers,
  agentSkillDelegationResolvers,
  agentTemplateResolvers,
  externalResolvers,
];
