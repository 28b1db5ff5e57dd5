import type { Cast } from '../cast.ts';
import { after, day, minute, type Row } from '../rows.ts';
import { dateOf, type DemoWorker } from './people.ts';

const titles = ['Specialist', 'Engineer', 'Analyst', 'Associate', 'Coordinator'];
/** Teams whose members' position has been given up. */
const dissolved: readonly number[] = [11, 19];

interface Assignment extends Row {
  readonly positionId: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** For each team a position of its lead and one of its members, with those who hold them; headcounts follow from these. */
export function makePositions(cast: Cast, workers: readonly DemoWorker[]): { positions: Row[]; assignments: Assignment[] } {
  const assignments = workers.flatMap((worker, i) => assignmentsOf(cast, worker, i));
  return { assignments, positions: cast.positions.map((id, p) => makePosition(cast, id, p, assignments.filter(({ positionId }) => positionId === id))) };
}

function makePosition({ orgId, founded, now, teams, roles }: Cast, id: string, p: number, held: readonly Assignment[]): Row {
  const team = p % teams.length;
  const leads = p < teams.length;
  const most = Math.max(0, ...held.map(({ startsOn }) => holdersOn(startsOn, held)));
  const headcount = leads ? 1 : most + (team % 3 === 0 ? 2 : 0);
  const closed = !leads && dissolved.includes(team);
  const createdAt = after(founded, p * minute);
  return {
    id, orgId, createdAt, updatedAt: createdAt, teamId: teams[team], title: leads ? 'Team Lead' : titles[team % titles.length],
    level: leads ? 12 : team % 4 === 3 ? null : 4 + (team % 5), headcount, roleId: p % 6 === 5 ? null : roles[p % roles.length],
    status: closed ? 'CLOSED' : holdersOn(dateOf(now), held) < headcount ? 'OPEN' : 'FILLED',
  };
}

function assignmentsOf({ orgId, makeId, founded, now, teams, positions }: Cast, worker: DemoWorker, i: number): Assignment[] {
  const { team, rank, startedOn, endedOn } = worker;
  // The last team looks for a lead.
  if (rank === 'head' || team === null || startedOn === null || (rank === 'lead' && team === teams.length - 1)) return [];
  const ofMembers = (t: number) => positions[teams.length + (t % teams.length)] as string;
  const hold = (positionId: string, allocationPercent: number, startsOn: string, endsOn: string | null): Assignment => {
    const createdAt = after(founded, i * minute);
    return { id: makeId('PositionAssignment', createdAt), orgId, createdAt, updatedAt: createdAt, positionId, workerId: worker.id, allocationPercent, startsOn, endsOn };
  };
  if (rank === 'lead') return [hold(positions[team] as string, 80, startedOn, null), hold(ofMembers(team), 20, startedOn, dissolved.includes(team) ? dateOf(after(now, -40 * day)) : null)];
  if (dissolved.includes(team)) return [hold(ofMembers(team), 100, startedOn, dateOf(after(now, -40 * day)))];
  if (endedOn !== null) return [hold(ofMembers(team), 100, startedOn, endedOn)];
  // Some go over to the next team in a fortnight, some work for it on the side.
  const next = dissolved.includes(team + 1) ? team + 2 : team + 1;
  if (i % 23 === 0) return [hold(ofMembers(team), 100, startedOn, dateOf(after(now, 13 * day))), hold(ofMembers(next), 100, dateOf(after(now, 14 * day)), null)];
  if (i % 5 === 0) return [hold(ofMembers(team), 60, startedOn, null), hold(ofMembers(next), 40, dateOf(founded), null)];
  return [hold(ofMembers(team), 100, startedOn, null)];
}

function holdersOn(date: string, held: readonly Assignment[]): number {
  return held.filter(({ startsOn, endsOn }) => startsOn <= date && (endsOn === null || endsOn >= date)).length;
}
