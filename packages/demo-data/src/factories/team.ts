import type { Cast } from '../cast.ts';
import type { DemoFactory } from './factories.ts';
import { after, day, hour, type Row } from '../rows.ts';

/** A place in a factory. */
export interface DemoMember extends Row {
  readonly factoryId: string;
  readonly workerId: string;
  readonly leftAt: Date | null;
}

const roles = ['MANAGER', 'LEAD', 'REVIEWER', 'MEMBER', 'MEMBER', 'MEMBER', 'MEMBER', 'MEMBER', 'MEMBER', 'MEMBER'];

/** Ten places a factory: six people and four agents, of whom one person has left; in the first factory she came back. */
export function makeTeamMembers({ orgId, makeId, people, agentWorkers, positions }: Cast, factories: readonly DemoFactory[]): DemoMember[] {
  return factories.flatMap((factory, f) => {
    const place = (workerId: string, role: string | undefined, joinedAt: Date, leftAt: Date | null, positionId: string | null): DemoMember => ({
      id: makeId('FactoryTeamMember', joinedAt), orgId, createdAt: joinedAt, updatedAt: leftAt ?? joinedAt, factoryId: factory.id, workerId, positionId, role, joinedAt, leftAt,
    });
    const workers = [...people.slice(40 + f * 10, 46 + f * 10), ...Array.from({ length: 4 }, (_, i) => agentWorkers[(f * 4 + i) % agentWorkers.length] as string)];
    const leaver = 5;
    const joined = after(factory.createdAt, 3 * hour);
    const left = after(joined, f < 6 ? 50 * day : day);
    const places = workers.map((workerId, i) => place(workerId, roles[i], after(joined, i * 60_000), i === leaver ? left : null, i < 4 ? (positions[(f * 4 + i) % positions.length] as string) : null));
    return f === 0 ? [...places, place(workers[leaver] as string, 'LEAD', after(left, 20 * day), null, positions[0] as string)] : places;
  });
}
