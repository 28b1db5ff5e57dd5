import type { Prisma } from '@forge/prisma-workflow';
import { fault, newId, UserFaults, type UserError } from '@forge/subgraph-kit';
import { argumentsOf } from '../definition/arguments-of.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import { unboundRoles } from '../deployment/deployment.rules.ts';
import { lockRun, type Tx } from '../engine/run.ts';
import { withFaultsAt } from '../workflow-version/with-faults-at.ts';
import { hasEnded, type Guardrails } from './workflow-run.rules.ts';

export interface NewRun {
  readonly workflowId: string;
  readonly environment: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly startedById: string | null;
  readonly runType?: 'PRESCRIPTIVE' | 'DELEGATED';
  readonly goal?: string | null;
  readonly guardrails?: Guardrails | null;
  readonly factoryId?: string | null;
  readonly parentRunId?: string | null;
}

const mostGenerations = 10;

/**
 * Writes a PENDING run with the definition, gateway and agents it will have to the end, and answers its id. Throws
 * UserFaults when the workflow cannot start one.
 */
export async function insertRun(tx: Tx, orgId: string, run: NewRun, now: Date): Promise<string> {
  const { workflowId, environment, args, startedById, runType = 'PRESCRIPTIVE', goal = null, guardrails = null, factoryId = null, parentRunId = null } = run;
  const version = await versionToRun(tx, orgId, workflowId);
  const deployment = await tx.deployment.findFirst({ where: { orgId, workflowId, environment, status: 'ACTIVE' } });
  if (!deployment) throw fault('INVALID_TRANSITION', 'environment', `environment: the workflow has no ACTIVE deployment in ${environment}; activate one with activateDeployment`);
  refuseUnfit(version.definition, deployment.roleBindings, args);
  if (parentRunId !== null) await refuseEndedParent(tx, orgId, parentRunId);

  const id = newId('WorkflowRun', now);
  await tx.workflowRun.create({
    data: {
      id, orgId, workflowId, workflowVersionId: version.id, definition: version.definition, runType, goal, status: 'PENDING', args: args as Prisma.InputJsonObject,
      ...(guardrails && { guardrails: { ...guardrails } }), gatewayId: deployment.gatewayId, deploymentId: deployment.id, startedById, factoryId, parentRunId, traceId: id.slice(4), createdAt: now,
    },
  });
  return id;
}

/** The version that is current until this transaction ends: nobody publishes, pauses or redeploys meanwhile. */
async function versionToRun(tx: Tx, orgId: string, workflowId: string) {
  const [workflow] = await tx.$queryRaw<{ status: string; currentVersion: number }[]>`
    SELECT "status"::text, "currentVersion" FROM "workflows" WHERE "orgId" = ${orgId} AND "id" = ${workflowId} FOR SHARE`;
  if (!workflow) throw fault('NOT_FOUND', 'workflowId', 'workflowId: leads to no Workflow');
  if (workflow.status !== 'ACTIVE') throw fault('INVALID_TRANSITION', 'workflowId', `workflowId: the workflow is ${workflow.status}; only an ACTIVE one starts runs`);
  return tx.workflowVersion.findUniqueOrThrow({ where: { orgId_workflowId_version: { orgId, workflowId, version: workflow.currentVersion } } });
}

function refuseUnfit(yaml: string, roleBindings: unknown, args: Readonly<Record<string, unknown>>): void {
  const definition = withFaultsAt('workflowId', () => parseDefinition(yaml), 'its version can be run no more: ');
  const missing = argumentsOf(definition).filter((name) => !Object.hasOwn(args, name));
  const unbound = unboundRoles(definition.steps.map(({ role }) => role), roleBindings);
  const faults: UserError[] = missing.map((name) => ({ code: 'INVALID', message: `args.${name}: is missing; the definition uses it`, path: ['input', 'args', name] }));
  if (unbound.length) faults.push({ code: 'INVALID', message: `environment: its deployment binds no agent to ${unbound.join(', ')}; activate one that does`, path: ['input', 'environment'] });
  if (faults.length) throw new UserFaults(...faults);
}

async function refuseEndedParent(tx: Tx, orgId: string, parentRunId: string): Promise<void> {
  const parent = await lockRun(tx, orgId, parentRunId);
  if (!parent) throw fault('NOT_FOUND', 'parentRunId', 'parentRunId: leads to no WorkflowRun');
  if (hasEnded(parent.status)) throw fault('INVALID_TRANSITION', 'parentRunId', `parentRunId: the run is ${parent.status} and starts no others`);
  const [line] = await tx.$queryRaw<{ generations: number }[]>`
    WITH RECURSIVE line AS (
      SELECT "parentRunId" FROM "workflowRuns" WHERE "orgId" = ${orgId} AND "id" = ${parentRunId}
      UNION ALL SELECT run."parentRunId" FROM line JOIN "workflowRuns" AS run ON run."orgId" = ${orgId} AND run."id" = line."parentRunId"
    ) SELECT count(*)::int AS generations FROM line`;
  if ((line?.generations ?? 0) >= mostGenerations) throw fault('LIMIT_REACHED', 'parentRunId', `parentRunId: runs start others over at most ${mostGenerations} generations`);
}
