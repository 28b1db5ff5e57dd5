import { hashOf, type Audited } from './audit-hash.ts';
import { after, day, hour, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

type Deed = Omit<Audited, 'id' | 'orgId' | 'sequence' | 'previousHash'>;

/** The governance rows whose making is on record. */
type Made = Readonly<Record<'workerRoles' | 'policies' | 'approvalPolicies' | 'authorityGrants', readonly Row[]>>;

/** The record of the organisation: one chain, oldest first, each row's hash over the one before it. */
export function makeAuditEvents(story: Story, made: Made): Row[] {
  const { orgId, makeId } = story.cast;
  const deeds = [...rulesMade(story, made), ...grantsMade(made), ...lifecycle(story), ...deployed(story), ...executed(story), ...decided(story), ...attempts(story)]
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  let previousHash = '0'.repeat(64);
  return deeds.map((deed, i): Row => {
    const audited: Audited = { id: makeId('AuditEvent', deed.occurredAt), orgId, ...deed, sequence: String(i + 1), previousHash };
    previousHash = hashOf(audited);
    return { ...audited, createdAt: deed.occurredAt, hash: previousHash };
  });
}

function deed(category: string, eventType: string, actorType: string, actorId: unknown, resource: readonly [type: string, id: unknown], occurredAt: unknown, detail: Deed['detail'] = {}, runId: unknown = null): Deed {
  const [resourceType, resourceId] = resource;
  return { category, eventType, actorType, actorId: actorId as string | null, resourceType, resourceId: resourceId as string, runId: runId as string | null, detail, occurredAt: occurredAt as Date };
}

function rulesMade({ cast: { people } }: Story, made: Made): Deed[] {
  return ([['workerRoles', 'WorkerRole'], ['policies', 'Policy'], ['approvalPolicies', 'ApprovalPolicy']] as const).flatMap(([table, type]) =>
    made[table].map((row) => deed('CONFIGURATION', `${type}.created`, 'WORKER', people[0], [type, row['id']], row['createdAt'], { name: row['name'] as string })));
}

function grantsMade({ authorityGrants }: Made): Deed[] {
  return authorityGrants.flatMap((grant) => {
    const event = (type: string, at: unknown) => deed('GOVERNANCE', `AuthorityGrant.${type}`, 'WORKER', grant['grantedById'], ['AuthorityGrant', grant['id']], at, { scopes: grant['scopes'] as string[] });
    return grant['revokedAt'] === null ? [event('granted', grant['createdAt'])] : [event('granted', grant['createdAt']), event('revoked', grant['revokedAt'])];
  });
}

function lifecycle({ cast: { founded, gateways }, agents, agentTables }: Story): Deed[] {
  return [
    ...gateways.map((id, g) => deed('LIFECYCLE', 'Gateway.registered', 'GATEWAY', id, ['Gateway', id], after(founded, day + g * hour))),
    ...agents.map(({ id, gatewayId }, i) => deed('LIFECYCLE', 'Agent.registered', 'GATEWAY', gatewayId, ['Agent', id], after(founded, 12 * day + (i + 1) * 17 * 60_000))),
    ...(agentTables['agentDefinitions'] ?? []).map((row) => deed('LIFECYCLE', 'AgentDefinition.created', 'WORKER', row['ownerId'], ['AgentDefinition', row['id']], row['createdAt'], { name: row['name'] as string })),
    ...gateways.map((id, g) => deed('LIFECYCLE', 'Gateway.markedOffline', 'SYSTEM', null, ['Gateway', id], after(founded, (50 + g) * day), { silentForSeconds: 180 + g })),
  ];
}

function deployed(story: Story): Deed[] {
  return rowsOf(story, 'deployments').filter(({ activatedAt }) => activatedAt !== null).map((row) =>
    deed('DEPLOY', 'Deployment.activated', 'WORKER', row['deployedById'], ['Deployment', row['id']], row['activatedAt'], { environment: row['environment'] as string }));
}

/** Every start, every end that was not as planned, and now and then what one agent handed to another. */
function executed(story: Story): Deed[] {
  const starts = story.runs.filter(({ startedAt }) => startedAt !== null).map((run) => deed('EXECUTION', 'WorkflowRun.started', 'WORKER', run['startedById'], ['WorkflowRun', run['id']], run['startedAt'], {}, run['id']));
  const ends = story.runs.filter(({ status }) => status === 'FAILED' || status === 'CANCELLED').map((run) => {
    const status = run['status'] as string;
    return deed('EXECUTION', `WorkflowRun.${status.toLowerCase()}`, 'GATEWAY', run['gatewayId'], ['WorkflowRun', run['id']], run['completedAt'], { costCents: run['totalCostCents'] as string }, run['id']);
  });
  const handoffs = rowsOf(story, 'handoffs').filter((_, i) => i % 10 === 0).map((row) =>
    deed('EXECUTION', 'Handoff.made', 'AGENT', row['fromAgentId'], ['Handoff', row['id']], row['createdAt'], { to: row['toAgentId'] as string }, row['runId']));
  return [...starts, ...ends, ...handoffs];
}

function decided(story: Story): Deed[] {
  return rowsOf(story, 'approvals').filter(({ resolvedAt }) => resolvedAt !== null).map((row) =>
    deed('GOVERNANCE', `Approval.${(row['status'] as string).toLowerCase()}`, 'WORKER', row['resolvedById'], ['Approval', row['id']], row['resolvedAt'], { stepId: row['stepId'] as string, comment: row['comment'] as string | null }, row['runId']));
}

/** Now and then somebody knocks with a key that nobody has given out. */
function attempts({ cast: { founded, gateways, random } }: Story): Deed[] {
  return Array.from({ length: 20 }, (_, i) =>
    deed('SECURITY', 'ApiKey.refused', 'API_KEY', null, ['Gateway', random.pick(gateways)], after(founded, (i * 5.9 + 2) * day + random.int(0, 9) * hour), { reason: 'no such key', attempts: random.int(1, 40) }));
}

function rowsOf({ workflowBatches }: Story, table: string): readonly Row[] {
  return workflowBatches.flatMap((tables) => tables[table] ?? []);
}
