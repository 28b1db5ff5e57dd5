import { idempotencyKey, idOf, json, text } from '@forge/subgraph-kit';
import { z } from 'zod';

export const createHandoffRules = z.object({
  runId: idOf('WorkflowRun'),
  fromStepId: text(1, 100),
  toStepId: text(1, 100),
  fromAgentId: idOf('Agent').nullable().default(null),
  toAgentId: idOf('Agent').nullable().default(null),
  summary: text(0, 2_000).nullable().default(null),
  payload: json(1_000_000),
  idempotencyKey,
});
