import type { Cast } from '../cast.ts';
import { after, day, hour, type Row, type Tables } from '../rows.ts';

/** The roles that the steps of the definitions name. */
const stepRoles = ['analyst', 'auditor', 'clerk', 'operator', 'planner', 'researcher', 'reviewer', 'translator', 'writer'] as const;
const regions = ['Berlin', 'Oslo', 'Austin', 'Osaka'];
const flavours = ['', 'Senior ', 'Night '];

/** An agent that takes steps. */
export interface DemoAgent {
  readonly id: string;
  readonly role: string;
  readonly gatewayId: string;
  readonly workerId: string;
  readonly modelId: string;
}

interface Definition extends Row {
  readonly id: string;
  readonly agentId: string;
  readonly name: string;
  readonly skillIds: readonly string[];
  readonly defaultModelId: string;
  readonly createdAt: Date;
}

/** The agents domain: a gallery, definitions with their history, and on each gateway an agent for each role. */
export function makeAgents(cast: Cast): { tables: Tables; agents: DemoAgent[]; definitionIds: string[] } {
  const templates = makeTemplates(cast);
  const definitions = makeDefinitions(cast, templates);
  const registry = makeRegistry(cast, definitions);
  return {
    agents: registry.map(({ agent }) => agent),
    definitionIds: definitions.map(({ id }) => id),
    tables: {
      agentTemplates: templates,
      agentDefinitions: definitions,
      agentConfigRevisions: definitions.flatMap((definition) => revisionsOf(cast, definition)),
      agentDeployments: makeDeployments(cast, definitions),
      agentSkillDelegations: makeDelegations(cast, definitions),
      agentRegistry: registry.map(({ row }) => row),
    },
  };
}

function makeTemplates({ orgId, makeId, founded, random, skills, models }: Cast): (Row & { id: string })[] {
  return stepRoles.map((role, i) => {
    const createdAt = after(founded, i * hour);
    return {
      id: makeId('AgentTemplate', createdAt), orgId, createdAt, updatedAt: createdAt, category: ['Finance', 'Operations', 'Writing'][i % 3],
      name: `${title(role)} starter`, description: `A ${role} with sensible limits, ready in a minute.`, config: { tier: 'DEPARTMENT', memoryMode: 'SESSION' },
      skillIds: skills.slice(i, i + 2), defaultModelId: random.pick(models).id, tags: ['starter', role], version: 1 + (i % 3), usageCount: 3,
    };
  });
}

const phases = ['PRODUCTION', 'STAGING', 'POC', 'PRODUCTION', 'SUNSET'];
const statuses = ['ACTIVE', 'ACTIVE', 'ACTIVE', 'DRAFT', 'SUSPENDED', 'ACTIVE', 'ARCHIVED'];

function makeDefinitions(cast: Cast, templates: readonly { id: string }[]): Definition[] {
  const { orgId, makeId, founded, random, skills, models, people, teams, roles, prompts } = cast;
  return flavours.flatMap((flavour, f) => stepRoles.map((role, r): Definition => {
    const i = f * stepRoles.length + r;
    const createdAt = after(founded, (i + 10) * 7 * hour);
    const lifecyclePhase = phases[i % phases.length];
    return {
      id: makeId('AgentDefinition', createdAt), orgId, createdAt, updatedAt: createdAt,
      agentId: `${flavour.trim().toLowerCase() || 'plain'}-${role}`, name: `${flavour}${title(role)}`,
      description: `Does the ${role}'s part in the house's workflows.`, purpose: `Steps whose role is ${role}`, version: 2,
      status: statuses[i % statuses.length], lifecyclePhase, phaseExpiresAt: lifecyclePhase === 'POC' ? after(createdAt, 60 * day) : null,
      tier: ['OPERATOR', 'DEPARTMENT', 'PERSONAL'][i % 3], trustLevel: 1 + (i % 10), autonomyRung: ['ASSISTIVE', 'RETRIEVAL', 'SUPERVISED', 'BOUNDED'][i % 4],
      riskTier: ['LOW', 'MEDIUM', 'HIGH'][i % 3], memoryMode: ['NONE', 'SESSION', 'PERSISTENT', 'VECTOR'][i % 4],
      promptText: `You are the ${role}. Work through the step you are given, say what you are sure of, and ask when you are not.`, promptId: prompts[i % prompts.length],
      defaultModelId: random.pick(models).id, skillIds: [skills[r], skills[(r + 9) % skills.length]] as string[], tools: ['read_file', 'search', `${role}_desk`],
      constraints: { maxCostCentsPerRun: 500, regions: ['eu'] }, budgetMonthlyCents: f === 0 ? '250000.0000000000' : null,
      ownerId: people[i % people.length], owningTeamId: teams[i % teams.length], roleId: roles[i % roles.length],
      templateId: templates[r]?.id, tags: [role],
    };
  }));
}

function revisionsOf({ orgId, makeId, people }: Cast, definition: Definition): Row[] {
  const { id: definitionId, orgId: _, createdAt, updatedAt: __, ...said } = definition;
  const first = { ...said, version: 1, name: `${definition.name} (draft)` };
  const revision = (number: number, snapshot: object, patch: object[], reason: string): Row => {
    const at = after(createdAt, (number - 1) * 26 * hour);
    return { id: makeId('AgentConfigRevision', at), orgId, createdAt: at, definitionId, revision: number, patch, snapshot, changedById: people[number], reason };
  };
  return [
    revision(1, first, [{ op: 'add', path: '', value: first }], 'created'),
    revision(2, said, [{ op: 'replace', path: '/name', value: definition.name }, { op: 'replace', path: '/version', value: 2 }], 'named for production'),
  ];
}

function makeDeployments({ orgId, makeId, gateways }: Cast, definitions: readonly Definition[]): Row[] {
  const states = [['DEPLOYED', 'SYNCED'], ['DEPLOYED', 'DRIFTED'], ['DEPLOYING', 'PENDING_PUSH'], ['FAILED', 'PUSH_FAILED'], ['SUSPENDED', 'SYNCED'], ['UNDEPLOYED', 'PENDING_PUSH'], ['DEPLOYED', 'SYNCED']];
  return definitions.flatMap((definition, d) => gateways.slice(0, 1 + (d % 4)).map((gatewayId, g): Row => {
    const [status, syncStatus] = states[(d + g) % states.length] as [string, string];
    const createdAt = after(definition.createdAt, 30 * hour);
    return {
      id: makeId('AgentDeployment', createdAt), orgId, createdAt, updatedAt: createdAt, definitionId: definition.id, gatewayId, version: 2, status, syncStatus,
      overrides: g === 0 ? {} : { constraints: { maxCostCentsPerRun: 200 } }, deployedAt: status === 'DEPLOYED' ? after(createdAt, 90_000) : null,
      lastError: status === 'FAILED' ? 'the gateway did not answer within 30 s' : null,
    };
  }));
}

function makeDelegations({ orgId, makeId, now }: Cast, definitions: readonly Definition[]): Row[] {
  return definitions.slice(0, 12).map((giver, i): Row => {
    const createdAt = after(giver.createdAt, 40 * hour);
    return {
      id: makeId('AgentSkillDelegation', createdAt), orgId, createdAt, updatedAt: createdAt, fromDefinitionId: giver.id, toDefinitionId: definitions[i + 1]?.id,
      skillId: giver.skillIds[0], conditions: i % 3 === 0 ? { environments: ['staging'] } : null,
      expiresAt: i % 4 === 1 ? after(now, 30 * day) : null, revokedAt: i % 4 === 2 ? after(createdAt, 5 * day) : null,
    };
  });
}

function makeRegistry({ orgId, makeId, founded, now, random, gateways, agentWorkers }: Cast, definitions: readonly Definition[]): { agent: DemoAgent; row: Row }[] {
  return gateways.flatMap((gatewayId, g) => stepRoles.map((role, r) => {
    const i = g * stepRoles.length + r;
    const createdAt = after(founded, 12 * day + i * 17 * 60_000);
    const definition = definitions[r + stepRoles.length * (g % flavours.length)] as Definition;
    const workerId = agentWorkers[i % agentWorkers.length] as string;
    const agent = { id: makeId('Agent', createdAt), role, gatewayId, workerId, modelId: definition.defaultModelId };
    const status = ['PAUSED', 'ERROR', 'TERMINATED'][i - 33] ?? 'ACTIVE';
    return {
      agent,
      row: {
        id: agent.id, orgId, createdAt, updatedAt: createdAt, agentId: `${role}-${g + 1}`, name: `${title(role)} ${regions[g] ?? ''}`, gatewayId, definitionId: definition.id, workerId, status,
        maxConcurrency: random.int(4, 8), lastSeenAt: after(now, -random.int(5_000, status === 'ACTIVE' ? 90_000 : 40 * hour)), metadata: { runtime: 'forge-runtime 3.2' },
      },
    };
  }));
}

function title(word: string): string {
  return `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;
}
