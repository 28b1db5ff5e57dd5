import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DemoAgent } from '../agents/agents.ts';
import type { Cast } from '../cast.ts';
import { after, day, hour, type Tables } from '../rows.ts';

/** A step as the definition has it. */
export interface Step {
  readonly id: string;
  readonly role: string;
  readonly command: string;
  readonly outputs?: readonly string[];
  readonly timeout?: number;
  readonly depends_on?: readonly string[];
  readonly condition?: string;
  readonly approval?: boolean;
  readonly on_failure?: 'halt' | 'skip' | 'retry_once' | 'retry_once_then_escalate';
}

/** A workflow that has runs: what they need to know of it. */
export interface DemoWorkflow {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly definition: string;
  readonly versionId: string;
  readonly deploymentId: string;
  readonly gatewayId: string;
  /** The agent that fills each role. */
  readonly agents: ReadonlyMap<string, DemoAgent>;
}

const teams = ['accounts', 'platform', 'legal', 'product', 'customer-care'];
const folder = join(import.meta.dirname, '../../definitions');

/** Each definition as several teams have made it their own, with versions, drafts and deployments. */
export function makeWorkflows(cast: Cast, agents: readonly DemoAgent[]): { tables: Tables; workflows: DemoWorkflow[] } {
  const made = readdirSync(folder).sort().flatMap((file, f) => teams.slice(0, 4 + (f % 2)).map((team, t) => makeWorkflow(cast, agents, file.replace('.yaml', ''), team, f * 5 + t)));
  const all = (table: string) => made.flatMap(({ rows }) => rows[table] ?? []);
  return {
    workflows: made.flatMap(({ workflow }) => workflow ?? []),
    tables: { workflows: all('workflows'), workflowVersions: all('workflowVersions'), workflowDocuments: all('workflowDocuments'), deployments: all('deployments') },
  };
}

function makeWorkflow(cast: Cast, agents: readonly DemoAgent[], kind: string, team: string, index: number): { rows: Tables; workflow: DemoWorkflow | undefined } {
  const { orgId, makeId, random, founded, people, now } = cast;
  const createdAt = after(founded, 14 * day + index * 2 * hour);
  const status = index % 13 === 12 ? 'DRAFT' : index % 11 === 10 ? 'DEPRECATED' : index % 9 === 8 ? 'PAUSED' : 'ACTIVE';
  const triggerType = (['MANUAL', 'SCHEDULED', 'EVENT'] as const)[index % 3] ?? 'MANUAL';
  const text = readFileSync(join(folder, `${kind}.yaml`), 'utf8').replace(`name: ${kind}`, `name: ${team}-${kind}`);
  const { steps, description } = parse(text) as { steps: Step[]; description: string };
  const id = makeId('Workflow', createdAt);
  const times = { orgId, createdAt, updatedAt: createdAt };

  const versionCount = status === 'DRAFT' ? 0 : random.int(1, 5);
  const versions = Array.from({ length: versionCount }, (_, i) => {
    const at = after(createdAt, (i + 1) * hour);
    const definition = `${text}# revision ${i + 1}\n`;
    return { id: makeId('WorkflowVersion', at), orgId, createdAt: at, workflowId: id, version: i + 1, definition, contentHash: sha256(definition), changelog: i === 0 ? 'First version' : 'Clearer commands', createdById: people[index] };
  });
  const newest = versions.at(-1);
  const draft = `${text}# draft\n`;
  const deployments = status === 'DRAFT' ? [] : makeDeployments(cast, agents, id, createdAt, status, index);
  const production = deployments[0];
  return {
    rows: {
      workflows: [{
        ...times, id, name: `${team}-${kind}`, description, status, tags: [team, kind.split('-')[0]], currentVersion: versionCount, triggerType,
        schedule: triggerType === 'SCHEDULED' ? `${(index * 7) % 60} ${6 + (index % 12)} * * 1-5` : null,
        nextScheduledRunAt: triggerType === 'SCHEDULED' && status === 'ACTIVE' ? after(now, 8 * hour) : null, createdById: people[index],
      }],
      workflowVersions: versions,
      workflowDocuments: [{ ...times, id: makeId('WorkflowDocument', createdAt), workflowId: id, yaml: draft, contentHash: sha256(draft), pinned: index % 4 === 0 }],
      deployments: deployments.map(({ row }) => row),
    },
    workflow: newest && production && { id, steps, definition: newest.definition, versionId: newest.id, deploymentId: production.row.id, gatewayId: production.gatewayId, agents: production.agents },
  };
}

/** The first is where runs go: active in production as long as the workflow is not retired. */
function makeDeployments({ orgId, makeId, gateways, people }: Cast, agents: readonly DemoAgent[], workflowId: string, createdAt: Date, workflowStatus: string, index: number) {
  const environments = [['production', workflowStatus === 'DEPRECATED' ? 'INACTIVE' : 'ACTIVE'], ['staging', 'ACTIVE'], ['production', 'INACTIVE'], ['sandbox', 'PENDING']] as const;
  return environments.slice(0, 2 + (index % 3)).map(([environment, status], e) => {
    const at = after(createdAt, 7 * hour + e * 60_000);
    const gatewayId = gateways[(index + e) % gateways.length] as string;
    const bound = new Map(agents.filter((agent) => agent.gatewayId === gatewayId).map((agent) => [agent.role, agent]));
    const row = {
      id: makeId('Deployment', at), orgId, createdAt: at, updatedAt: at, workflowId, gatewayId, environment, status,
      roleBindings: Object.fromEntries([...bound].map(([role, agent]) => [role, agent.id])), deployedById: people[(index + 3) % people.length],
      activatedAt: status === 'PENDING' ? null : after(at, 5 * 60_000), deactivatedAt: status === 'INACTIVE' ? after(at, 6 * day) : null,
    };
    return { row, gatewayId, agents: bound };
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
