import { demoOrgId, demoPrincipal } from '@forge/auth';
import { createMakeId, type MakeId } from './ids.ts';
import { readPriceList, type ListedModel } from './analytics/price-list.ts';
import { createRandom, type Random } from './random.ts';
import { after, day } from './rows.ts';

/** A demo organisation: who its administrator is, and the seed that its data come from. */
export interface Organisation {
  readonly orgId: string;
  readonly adminId: string;
  readonly seed: number;
}

/** The organisation that a request without credentials belongs to under FORGE_AUTH=dev, and another that looks like it. */
export const organisations = [
  { orgId: demoOrgId, adminId: demoPrincipal.subject, seed: 20_261_123 },
  { orgId: 'org_01jd0000000000000000000002', adminId: 'wrk_01jd0000000000000000000002', seed: 20_261_124 },
] as const satisfies readonly Organisation[];

/** Everybody and everything that rows of several domains refer to, whichever domain keeps it: the same ids everywhere. */
export interface Cast {
  readonly orgId: string;
  readonly random: Random;
  readonly makeId: MakeId;
  /** The moment the data ends. */
  readonly now: Date;
  /** When the organisation came to the platform. */
  readonly founded: Date;
  /** Workers who are people, the administrator first. */
  readonly people: readonly string[];
  /** Workers who are agents. */
  readonly agentWorkers: readonly string[];
  readonly teams: readonly string[];
  readonly positions: readonly string[];
  readonly roles: readonly string[];
  readonly policies: readonly string[];
  readonly gateways: readonly string[];
  readonly models: readonly (ListedModel & { readonly id: string })[];
  readonly prompts: readonly string[];
  /** Skill definitions. */
  readonly skills: readonly string[];
  readonly budgets: readonly string[];
  readonly factories: readonly string[];
  /** Pieces of work on the factories' boards. */
  readonly assignments: readonly string[];
  readonly channels: readonly string[];
}

export const daysOfHistory = 100;

export function createCast(now: Date, { orgId, adminId, seed }: Organisation): Cast {
  const random = createRandom(seed);
  const makeId = createMakeId(random);
  const founded = after(now, -(daysOfHistory + 20) * day);
  const some = (type: Parameters<MakeId>[0], count: number) => Array.from({ length: count }, (_, i) => makeId(type, after(founded, i * 60_000)));
  return {
    orgId, random, makeId, now, founded,
    people: [adminId, ...some('Worker', 199)],
    agentWorkers: some('Worker', 40),
    teams: some('Team', 24),
    positions: some('Position', 48),
    roles: some('WorkerRole', 8),
    policies: some('Policy', 12),
    gateways: some('Gateway', 4),
    models: readPriceList().map((model) => ({ ...model, id: makeId('Model', founded) })),
    prompts: some('Prompt', 20),
    skills: some('SkillDefinition', 30),
    budgets: some('Budget', 20),
    factories: some('Factory', 6),
    assignments: some('FactoryAssignment', 60),
    channels: some('Channel', 15),
  };
}
