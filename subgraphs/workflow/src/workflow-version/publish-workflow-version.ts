import type { Prisma } from '@forge/prisma-workflow';
import { answer, checkInput, fault, isIdOf, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { PublishWorkflowVersionInput } from '../generated/graphql.ts';
import { lockWorkflow, refuseStale, type LockedWorkflow } from '../workflow/lock-workflow.ts';
import { contentHash } from '../workflow-document/workflow-document.rules.ts';
import { definitionToPublish } from './definition-to-publish.ts';
import { workflowVersion } from './workflow-version.entity.ts';
import { publishWorkflowVersionRules, type PublishWorkflowVersionData } from './workflow-version.rules.ts';

export function publishWorkflowVersion(input: PublishWorkflowVersionInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(publishWorkflowVersionRules, input);
    const { orgId, subject } = context.principal;
    const call = { orgId, operation: 'publishWorkflowVersion', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        const workflow = await lockWorkflow(tx, orgId, data.workflowId);
        if (!workflow) throw fault('NOT_FOUND', 'workflowId', 'workflowId: leads to no Workflow');
        refuseStale(workflow, data.expectedVersion);
        if (workflow.status === 'DEPRECATED') throw fault('INVALID_TRANSITION', 'workflowId', 'workflowId: the workflow is DEPRECATED, which is final; it takes no more versions');
        return publishNext(tx, orgId, workflow, data, isIdOf('Worker', subject) ? subject : workflow.createdById);
      }),
    );
    return { workflowVersion: await reload(context, workflowVersion, id) };
  });
}

/** Versions have no gaps: the workflow is locked from the look at its number to the commit. */
async function publishNext(tx: Prisma.TransactionClient, orgId: string, workflow: LockedWorkflow, data: PublishWorkflowVersionData, createdById: string): Promise<string> {
  const { id: workflowId, currentVersion } = workflow;
  const { yaml: definition, field } = await definitionToPublish(tx, orgId, data);
  const published = { orgId, workflowId, definition, contentHash: contentHash(definition) };
  const current = await tx.workflowVersion.findUnique({ where: { orgId_workflowId_version: { orgId, workflowId, version: currentVersion } }, select: { contentHash: true } });
  if (current?.contentHash === published.contentHash) throw fault('CONFLICT', field, `${field}: version ${currentVersion} says the same already; there is nothing to publish`);

  const version = currentVersion + 1;
  const { id } = await tx.workflowVersion.create({ data: { ...published, id: newId('WorkflowVersion'), version, changelog: data.changelog, createdById }, select: { id: true } });
  await tx.workflow.update({ where: { orgId_id: { orgId, id: workflowId } }, data: { currentVersion: version } });
  return id;
}
