import type { Cast } from '../cast.ts';
import type { DemoFactory } from './factories.ts';
import type { DemoMember } from './team.ts';
import { after, day, minute, type Row } from '../rows.ts';

const statuses = ['READY', 'STOPPED', 'READY', 'FAILED', 'DELETED', 'PROVISIONING', 'REQUESTED'];

/** Two a factory: the one for the work, and one for trying things out. Those of archived factories are deleted. */
export function makeDevEnvironments({ orgId, makeId }: Cast, factories: readonly DemoFactory[], members: readonly DemoMember[]): Row[] {
  const team = Map.groupBy(members, ({ factoryId }) => factoryId);
  return factories.flatMap((factory, f) => ['main', 'try-out'].map((name, e): Row => {
    const createdAt = after(factory.createdAt, day + e * minute);
    const status = factory.status === 'ARCHIVED' ? 'DELETED' : (statuses[(f * 2 + e) % statuses.length] as string);
    return {
      id: makeId('FactoryDevEnvironment', createdAt), orgId, createdAt, updatedAt: after(createdAt, 4 * minute), factoryId: factory.id, name, provider: 'exe.dev', status,
      url: ['READY', 'STOPPED'].includes(status) ? `https://${slug(factory.name)}-${name}.exe.dev` : null, spec: { cpus: 2 + 2 * e, memoryGb: 8, image: 'forge/workbench:3.2' },
      ownerId: e === 0 ? null : (team.get(factory.id)?.[1]?.workerId ?? null), lastError: status === 'FAILED' ? 'exe.dev: no capacity in the region eu-central' : null,
    };
  }));
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
