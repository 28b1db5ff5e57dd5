import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { handoff } from './handoff/handoff.entity.ts';
import { runArtifact } from './run-artifact/run-artifact.entity.ts';
import { stepResult } from './step-result/step-result.entity.ts';
import { stepThread } from './step-thread/step-thread.entity.ts';

export const externalResolvers: Resolvers = {
  Agent: {
    stepResults: ({ id }, args, context, info) => connection(context, stepResult, args, info, { column: 'agentId', id }),
    stepThreads: ({ id }, args, context, info) => connection(context, stepThread, args, info, { column: 'agentId', id }),
    handoffsGiven: ({ id }, args, context, info) => connection(context, handoff, args, info, { column: 'fromAgentId', id }),
    handoffsReceived: ({ id }, args, context, info) => connection(context, handoff, args, info, { column: 'toAgentId', id }),
    artifacts: ({ id }, args, context, info) => connection(context, runArtifact, args, info, { column: 'agentId', id }),
  },
};
