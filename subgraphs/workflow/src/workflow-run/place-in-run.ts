import type { Prisma } from '@forge/prisma-workflow';
import { parseDefinition } from '../definition/parse-definition.ts';
import type { LockedRun, Tx } from '../engine/run.ts';
import { attemptsAt, handoffsOf, type Snapshot } from './remembered.ts';

type StepResult = Prisma.StepResultGetPayload<object>;
type Handoff = Prisma.HandoffGetPayload<object>;

/** All that a run has done and handed on, and what of it counts at a place of the run. */
export interface Place {
  readonly attempts: readonly StepResult[];
  readonly handoffs: readonly Handoff[];
  readonly keptAttempts: readonly StepResult[];
  readonly keptHandoffs: readonly Handoff[];
}

/** @param snapshot a checkpoint of the run; null for its very beginning. */
export async function placeInRun(tx: Tx, { orgId, id: runId, runType, definition }: Pick<LockedRun, 'orgId' | 'id' | 'runType' | 'definition'>, snapshot: Snapshot | null): Promise<Place> {
  const attempts = await tx.stepResult.findMany({ where: { orgId, runId } });
  const handoffs = await tx.handoff.findMany({ where: { orgId, runId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  if (!snapshot) return { attempts, handoffs, keptAttempts: [], keptHandoffs: [] };
  const steps = runType === 'PRESCRIPTIVE' ? new Map(parseDefinition(definition).steps.map(({ id, dependsOn }) => [id, dependsOn])) : new Map<string, string[]>();
  const keptAttempts = attemptsAt(attempts, snapshot, (stepId) => steps.get(stepId) ?? []);
  return { attempts, handoffs, keptAttempts, keptHandoffs: handoffsOf(handoffs, { all: attempts, kept: keptAttempts, time: snapshot.createdAt }) };
}
