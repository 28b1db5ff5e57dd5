import type { DemoFactory } from './factories.ts';
import type { DemoMember } from './team.ts';
import { after, day, hour, minute, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

/** A piece of work; its run, when it has one, is the factory's. */
export interface DemoAssignment extends Row {
  readonly id: string;
  readonly runId: string | null;
}

const statuses = ['COMPLETE', 'IN_PROGRESS', 'BACKLOG', 'IN_REVIEW', 'ASSIGNED', 'COMPLETE'];
const tasks = ['Clear the backlog of', 'Write down how we do', 'Automate a part of', 'Check last month of', 'Halve the waiting time of'];
const things = ['supplier invoices', 'release notes', 'competitor prices', 'open tickets', 'data protection addenda', 'nightly imports'];

/** The cast's, ten on each board, from the time the factories were set up, and eight a factory since then. */
export function makeAssignments({ cast, runs }: Story, factories: readonly DemoFactory[], members: readonly DemoMember[]): DemoAssignment[] {
  const { orgId, makeId, founded, now, random } = cast;
  const runIds = Map.groupBy(runs as readonly (Row & { id: string; factoryId: string | null })[], ({ factoryId }) => factoryId);
  const team = Map.groupBy(members.filter(({ leftAt }) => leftAt === null), ({ factoryId }) => factoryId);
  const row = (id: string, createdAt: Date, number: number): DemoAssignment => {
    const f = number % cast.factories.length;
    const factoryId = cast.factories[f] as string;
    const ofFactory = runIds.get(factoryId) ?? [];
    const status = statuses[Math.floor(number / cast.factories.length) % statuses.length] as string;
    const begun = !['BACKLOG', 'ASSIGNED'].includes(status);
    const moved = earlier(after(createdAt, random.int(6, 20 * 24) * hour), now);
    return {
      id, orgId, createdAt, updatedAt: status === 'BACKLOG' ? createdAt : moved, factoryId, title: `${tasks[number % tasks.length] ?? ''} ${things[(number + f) % things.length] ?? ''}`,
      description: number % 3 === 0 ? null : 'Agreed at the Monday board; write what you find into the channel.', status,
      assigneeId: status === 'BACKLOG' ? null : random.pick(team.get(factoryId) ?? []).workerId,
      runId: begun ? (ofFactory[Math.floor(number / cast.factories.length)]?.id ?? null) : null,
      priority: (number * 7) % 101, dueAt: number % 4 === 0 ? null : after(now, (random.int(1, 40) - (status === 'COMPLETE' ? 60 : 5)) * day), completedAt: status === 'COMPLETE' ? moved : null,
    };
  };
  const since = Array.from({ length: 8 * cast.factories.length }, (_, i) => {
    const createdAt = after(now, -85 * day + i * 40 * hour);
    return row(makeId('FactoryAssignment', createdAt), createdAt, cast.assignments.length + i);
  });
  return [...cast.assignments.map((id, i) => row(id, after(founded, i * minute), i)), ...since];
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
