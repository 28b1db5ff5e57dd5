import type { Cast } from '../cast.ts';
import { after, hour, minute, type Row } from '../rows.ts';

const kinds = [
  ['Document back office', 'Reads, checks and files what comes in.'],
  ['Software delivery', 'From a ticket to a release.'],
  ['Research desk', null],
  ['Customer care', 'Answers, and knows when to ask.'],
] as const;

export function makeFactoryTypes({ orgId, makeId, founded }: Cast): (Row & { id: string; createdAt: Date })[] {
  return kinds.map(([name, description], i) => {
    // Before the factories, which come with the organisation.
    const createdAt = after(founded, -hour + i * minute);
    return {
      id: makeId('FactoryType', createdAt), orgId, createdAt, updatedAt: createdAt, name, description,
      defaultConfig: { reviewRequired: i % 2 === 0, maxParallelRuns: 2 + i, workingHours: { from: '07:00', to: '19:00', zone: 'UTC' } },
    };
  });
}

/** One for each kind, and a smaller one for the first two. */
export function makeBlueprints({ orgId, makeId, positions }: Cast, types: readonly { id: string; name?: unknown; createdAt: Date }[]): (Row & { id: string; typeId: string })[] {
  return [...types, ...types.slice(0, 2)].map((type, i) => {
    const small = i >= types.length;
    const createdAt = after(type.createdAt, 10 * minute);
    return {
      id: makeId('FactoryBlueprint', createdAt), orgId, createdAt, updatedAt: createdAt, typeId: type.id, name: `${String(type.name)}, ${small ? 'small' : 'standard'}`,
      teamComposition: {
        members: [
          { role: 'MANAGER', count: 1, workerType: 'EMPLOYEE', positionId: positions[i] },
          { role: 'LEAD', count: 1 },
          { role: 'MEMBER', count: small ? 2 : 6, workerType: 'AGENT' },
          { role: 'REVIEWER', count: 1, workerType: 'CONTRACTOR' },
        ],
      },
      channelStructure: { channels: [{ name: 'floor', type: 'FACTORY', relevancyMode: 'HEURISTIC' }, { name: 'leads', type: 'TEAM' }] },
      environmentSpec: { environments: [{ name: 'main', provider: 'exe.dev', spec: { cpus: small ? 2 : 8, memoryGb: small ? 4 : 32, image: 'forge/workbench:3.2' } }] },
      budgetLimits: { period: 'MONTHLY', amountCents: small ? '50000' : '250000.00', hardLimit: true, alertThresholds: [50, 80, 100] },
    };
  });
}
