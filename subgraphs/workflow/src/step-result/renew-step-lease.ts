import { addJob } from '@forge/jobs';
import { answer, checkInput, fault, idOf, reload } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { refuseAttemptOfOthers } from '../engine/own-gateway.ts';
import type { RenewStepLeaseInput } from '../generated/graphql.ts';
import { expireLeasesTask } from '../jobs/expire-leases.ts';
import { leaseSeconds } from './claim-steps.ts';
import { stepResult } from './step-result.entity.ts';

const rules = z.object({ stepResultId: idOf('StepResult'), leaseSeconds });

/** One statement: a lease that has just run out is not renewed. */
export function renewStepLease(input: RenewStepLeaseInput, context: WorkflowContext) {
  return answer(async () => {
    const { stepResultId: id, leaseSeconds: seconds } = checkInput(rules, input);
    await refuseAttemptOfOthers(context, id);
    const { orgId } = context.principal;
    const now = context.now();
    await context.prisma.$transaction(async (tx) => {
      const [renewed] = await tx.$queryRaw<{ leaseExpiresAt: Date }[]>`
        UPDATE "stepResults" SET "leaseExpiresAt" = greatest("leaseExpiresAt",
          least(${now}::timestamptz + ${seconds} * interval '1 second', coalesce("claimedAt" + "timeoutSeconds" * interval '1 second', 'infinity')))
        WHERE "orgId" = ${orgId} AND "id" = ${id} AND "status" IN ('DISPATCHED', 'RUNNING') AND "leaseExpiresAt" > ${now} RETURNING "leaseExpiresAt"`;
      if (renewed) return addJob(tx, expireLeasesTask, {}, renewed.leaseExpiresAt);
      const row = await tx.stepResult.findUnique({ where: { orgId_id: { orgId, id } }, select: { status: true, heldFor: true } });
      if (!row) throw fault('NOT_FOUND', 'stepResultId', 'stepResultId: leads to no StepResult');
      if (row.heldFor === 'HUMAN_INPUT') throw fault('INVALID_TRANSITION', 'stepResultId', 'stepResultId: the attempt is HELD until people have answered, and has no lease meanwhile');
      throw fault('INVALID_TRANSITION', 'stepResultId', `stepResultId: the attempt is ${row.status} and its lease is over; claim another`);
    });
    return { stepResult: await reload(context, stepResult, id) };
  });
}
