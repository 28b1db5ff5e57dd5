import { idempotencyKey, idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

export const createStepThreadRules = z.object({
  runId: idOf('WorkflowRun'),
  stepId: text(1, 100),
  threadId: text(1, 200),
  agentId: idOf('Agent').nullable().default(null),
  gatewayId: idOf('Gateway').nullable().default(null),
  idempotencyKey,
});
