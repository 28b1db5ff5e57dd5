import { createAgentsSubgraph } from '@forge/subgraph-agents';
import { createAnalyticsSubgraph } from '@forge/subgraph-analytics';
import { createBudgetSubgraph } from '@forge/subgraph-budget';
import { createChatSubgraph } from '@forge/subgraph-chat';
import { createFactoriesSubgraph } from '@forge/subgraph-factories';
import { createGatewaysSubgraph } from '@forge/subgraph-gateways';
import { createGovernanceSubgraph } from '@forge/subgraph-governance';
import { createRegistriesSubgraph } from '@forge/subgraph-registries';
import { createWorkflowSubgraph } from '@forge/subgraph-workflow';
import { createWorkforceSubgraph } from '@forge/subgraph-workforce';

/** How each subgraph is made, by its domain. */
export const subgraphs = {
  agents: createAgentsSubgraph,
  analytics: createAnalyticsSubgraph,
  budget: createBudgetSubgraph,
  chat: createChatSubgraph,
  factories: createFactoriesSubgraph,
  gateways: createGatewaysSubgraph,
  governance: createGovernanceSubgraph,
  registries: createRegistriesSubgraph,
  workflow: createWorkflowSubgraph,
  workforce: createWorkforceSubgraph,
};
