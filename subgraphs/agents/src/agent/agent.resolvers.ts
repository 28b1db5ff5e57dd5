import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { agent } from './agent.entity.ts';
import { pauseAgent } from './pause-agent.ts';
import { resumeAgent } from './resume-agent.ts';
import { syncAgents } from './sync-agents.ts';
import { terminateAgent } from './terminate-agent.ts';
import { agentDefinition } from '../agent-definition/agent-definition.entity.ts';

export const agentResolvers: Resolvers = {
  Query: {
    agent: (_, { id }, context, info) => findById(context, agent, id, info),
    agents: (_, args, context, info) => connection(context, agent, args, info),
  },
  Agent: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agent, id, info),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
    definition: ({ definitionId }, _, context, info) => reference(context, agentDefinition, definitionId, info),
    worker: ({ workerId }) => stub('Worker', workerId),
  },
  Mutation: {
    syncAgents: (_, { input }, context) => syncAgents(input, context),
    pauseAgent: (_, { input }, context) => pauseAgent(input, context),
    resumeAgent: (_, { input }, context) => resumeAgent(input, context),
    terminateAgent: (_, { input }, context) => terminateAgent(input, context),
  },
};
