import { decimal, idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

const reservationId = text(1, 100);
const amountCents = decimal(10);

export const reserveBudgetRules = z.object({
  reservationId,
  amountCents,
  gatewayId: idOf('Gateway').nullish(),
  agentId: idOf('Agent').nullish(),
  workflowId: idOf('Workflow').nullish(),
  factoryId: idOf('Factory').nullish(),
  teamId: idOf('Team').nullish(),
  runId: idOf('WorkflowRun').nullable().default(null),
  stepResultId: idOf('StepResult').nullable().default(null),
});

export const settleBudgetRules = z.object({ reservationId, amountCents, note: text(1, 500).nullable().default(null) });

export const releaseBudgetRules = z.object({ reservationId });
