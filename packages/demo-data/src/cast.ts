import { demoOrgId, demoPrincipal } from '@forge/auth';
import { createMakeId, type MakeId } from './ids.ts';
import { readPriceList, type ListedModel } from './price-list.ts';
import { createRandom, type Random } from './random.ts';
import { after, day } from './rows.ts';

/** Everybody and everything the organisation's rows refer to, whichever domain keeps it: the same ids everywhere. */
export interface Cast {
  readonly orgId: string;
  readonly random: Random;
  readonly makeId: MakeId;
  /** The moment the data ends. */
  readonly now: Date;
  /** When the organisation came to the platform. */
  readonly founded: Date;
  readonly workers: readonly string[];
  readonly gateways: readonly string[];
  readonly models: readonly (ListedModel & { readonly id: string })[];
  readonly factories: readonly string[];
  readonly teams: readonly string[];
  readonly roles: readonly string[];
  readonly prompts: readonly string[];
  readonly skills: readonly string[];
  readonly policies: readonly string[];
  readonly channels: readonly string[];
}

export const daysOfHistory = 100;

export function createCast(now: Date, seed = 20_261_123): Cast {
  const random = createRandom(seed);
  const makeId = createMakeId(random);
  const founded = after(now, -(daysOfHistory + 20) * day);
  const some = (type: Parameters<MakeId>[0], count: number) => Array.from({ length: count }, (_, i) => makeId(type, after(founded, i * 60_000)));
  return {
    orgId: demoOrgId, random, makeId, now, founded,
    workers: [demoPrincipal.subject, ...some('Worker', 239)],
    gateways: some('Gateway', 4),
    models: readPriceList().map((model) => ({ ...model, id: makeId('Model', founded) })),
    factories: some('Factory', 6),
    teams: some('Team', 24),
    roles: some('WorkerRole', 8),
    prompts: some('Prompt', 20),
    skills: some('SkillDefinition', 30),
    policies: some('Policy', 12),
    channels: some('Channel', 15),
  };
}
