import { fault } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import type { Tx } from '../engine/run.ts';
import type { ReportStepStartedInput } from '../generated/graphql.ts';
import { defaultConcurrency } from './claim-steps.ts';
import { reportRules, takeReport } from './report.ts';

export function reportStepStarted(input: ReportStepStartedInput, context: WorkflowContext) {
  return takeReport('reportStepStarted', z.object(reportRules), input, context, async (tx, { orgId }, { id, status, heldFor, agentId }) => {
    if (status === 'PENDING' || (status === 'HELD' && heldFor !== 'HUMAN_INPUT')) throw fault('INVALID_TRANSITION', 'stepResultId', `stepResultId: the attempt is ${status}; claim it first`);
    if (status !== 'DISPATCHED') return false;
    if (agentId !== null) await refuseBusyAgent(tx, orgId, agentId);
    await tx.stepResult.updateMany({ where: { orgId, id }, data: { status: 'RUNNING', startedAt: context.now() } });
    return true;
  });
}

/**
 * Throws LIMIT_REACHED when the agent is at work on as much as it may, also where it was given less since the claim; steps of one
 * agent begin one after the other. A step that waits for an answer goes on when it comes, so it counts.
 */
async function refuseBusyAgent(tx: Tx, orgId: string, agentId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`agent ${orgId} ${agentId}`}, 0))::text`;
  const [agent] = await tx.$queryRaw<{ running: number; most: number }[]>`
    SELECT (SELECT count(*)::int FROM "stepResults" WHERE "orgId" = ${orgId} AND "agentId" = ${agentId} AND ("status" = 'RUNNING' OR ("status" = 'HELD' AND "heldFor" = 'HUMAN_INPUT'))) AS running,
      coalesce((SELECT "maxConcurrency" FROM "knownAgents" WHERE "orgId" = ${orgId} AND "agentId" = ${agentId}), ${defaultConcurrency}) AS most`;
  if (agent && agent.running >= agent.most) {
    throw fault('LIMIT_REACHED', 'stepResultId', `stepResultId: its agent is at work on ${agent.running} of the ${agent.most} steps it may have at a time; report again when one has ended`);
  }
}
