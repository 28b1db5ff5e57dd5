import type { Prisma } from '@forge/prisma-workflow';
import { newId } from '@forge/subgraph-kit';
import type { Plan, PlannedBegin } from '../definition/plan-types.ts';
import { askToDecide } from './questions.ts';
import { requestReservations } from './request-reservations.ts';
import type { LockedRun, Tx } from './run.ts';

type Row = Prisma.StepResultCreateManyInput;

/**
 * Writes down what a plan says. An attempt that begins is HELD until a person approves it where its step asks for that, else
 * until budgets cover it; from then on it is PENDING, for its gateway to claim.
 */
export async function carryOut(tx: Tx, run: LockedRun, { begin, skip, fail, escalate }: Plan, now: Date): Promise<void> {
  // In order, so that of what becomes ready at once the first of the definition is claimed first.
  const ids = Array.from([...begin, ...skip, ...fail], () => newId('StepResult', now)).sort();
  const nextId = () => ids.shift() ?? newId('StepResult', now);
  const row = { orgId: run.orgId, runId: run.id, gatewayId: run.gatewayId, createdAt: now };
  const begun = begin.map((planned) => ({ ...planned, id: nextId(), agentId: run.roleBindings[planned.role] ?? null }));
  const failed = fail.map((planned) => ({ ...planned, id: nextId() }));
  const rows: Row[] = [
    ...begun.map((planned): Row => ({ ...row, ...planned, inputs: planned.inputs, outputs: [...planned.outputs], status: 'HELD' })),
    ...skip.map(({ reason, ...planned }): Row => ({ ...row, ...planned, id: nextId(), status: 'SKIPPED', metadata: { reason } })),
    ...failed.map((planned): Row => ({ ...row, ...planned, status: 'FAILED', error: { ...planned.error } })),
  ];
  if (rows.length > 0) await tx.stepResult.createMany({ data: rows });
  await askToDecide(tx, run, [
    ...begun.filter(isAsked).map(({ id, stepId, role, command }) => ({ stepId, stepResultId: id, source: 'WORKFLOW' as const, severity: 'NORMAL' as const, summary: `May ${role} do this: ${command}` })),
    ...escalate.map(({ stepId, attempt, stepResultId, summary }) => ({
      stepId, stepResultId: stepResultId ?? failed.find((each) => each.stepId === stepId && each.attempt === attempt)?.id ?? null, source: 'ESCALATION' as const, severity: 'ELEVATED' as const, summary,
    })),
  ], now);
  await requestReservations(tx, run, begun.filter((attempt) => !isAsked(attempt)));
}

function isAsked({ heldFor }: Pick<PlannedBegin, 'heldFor'>): boolean {
  return heldFor === 'APPROVAL';
}
