import type { Cast } from '../cast.ts';
import { after, day, type Row } from '../rows.ts';
import type { Story } from '../story.ts';
import { costCentreOf, departmentOf, headCount, managerOfHead } from './structure.ts';

const given = [
  'Ada', 'Bram', 'Chidi', 'Dora', 'Elif', 'Farid', 'Greta', 'Hiro', 'Ines', 'Jonas', 'Kaja', 'Lucia', 'Mateo', 'Nadia', 'Olu', 'Petra', 'Quentin', 'Rosa', 'Sanjay', 'Tove', 'Umar', 'Vera',
  'Wanda', 'Yusuf', 'Zofia',
];
const family = [
  'Lindqvist', 'Okafor', 'Tanaka', 'Moreau', 'Haddad', 'Novak', 'Silva', 'Becker', 'Rossi', 'Iyer', 'Jensen', 'Kaya', 'Larsen', 'Mensah', 'Nguyen', 'Osei', 'Park', 'Quiroga', 'Reyes', 'Schmidt',
  'Torres', 'Ueda', 'Vasquez', 'Weiss',
];

/** The administrator is in the team that runs the platform. */
const platformTeam = 4;

/** A worker, and the team it is in as a position in the cast's list. */
export interface DemoWorker {
  readonly id: string;
  readonly team: number | null;
  readonly rank: 'head' | 'lead' | 'member';
  readonly status: 'ACTIVE' | 'INACTIVE' | 'OFFBOARDED';
  /** Null for one that has not begun to work. */
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  readonly row: Row;
}

/** The people by rank: those who answer for departments, those who lead teams, and the teams' members in turn. */
export function makePeople(cast: Cast): DemoWorker[] {
  const { orgId, founded, now, random, people, teams, roles } = cast;
  return people.map((id, i): DemoWorker => {
    const rank = i < headCount ? 'head' : i < headCount + teams.length ? 'lead' : 'member';
    const member = rank === 'member';
    const team = rank !== 'head' ? (i - headCount) % teams.length : i === 0 ? platformTeam : null;
    const department = rank === 'head' ? i : departmentOf(team ?? 0);
    const manager = rank === 'head' ? managerOfHead(i) : rank === 'lead' ? department : headCount + (team ?? 0);
    const status = member && i % 13 === 7 ? 'OFFBOARDED' : member && i % 17 === 3 ? 'INACTIVE' : 'ACTIVE';
    const type = member && i % 9 === 5 ? 'CONTRACTOR' : 'EMPLOYEE';
    const names = nameOf(i);
    const startedOn = dateOf(after(founded, -random.int(10, member ? 1_500 : 3_000) * day));
    const endedOn = status === 'OFFBOARDED' ? dateOf(after(now, -random.int(1, 4) * day)) : null;
    const createdAt = after(founded, i * 60_000);
    return {
      id, team, rank, status, startedOn, endedOn,
      row: {
        id, orgId, createdAt, updatedAt: endedOn ? new Date(endedOn) : createdAt, type, displayName: names.join(' '), email: `${names.join('.').toLowerCase()}@example.com`,
        externalId: type === 'EMPLOYEE' ? `P-${1000 + i}` : null, teamId: team === null ? null : teams[team], managerId: manager === null ? null : people[manager],
        roleId: i % 10 === 9 ? null : roles[i % roles.length], status, costCenter: costCentreOf(department), startedOn, endedOn,
      },
    };
  });
}

/** The workers that agents run under, in the teams in turn, each under its team's lead; what runs as none is in reserve. */
export function makeAgentWorkers({ cast, agents }: Story): DemoWorker[] {
  const { orgId, founded, people, teams, roles, agentWorkers } = cast;
  const roleOf = new Map(agents.map(({ workerId, role }) => [workerId, role]));
  return agentWorkers.map((id, i): DemoWorker => {
    const role = roleOf.get(id);
    const team = i % teams.length;
    const status = role ? 'ACTIVE' : 'INACTIVE';
    const createdAt = after(founded, i * 60_000);
    const startedOn = role ? dateOf(founded) : null;
    return {
      id, team, rank: 'member', status, startedOn, endedOn: null,
      row: {
        id, orgId, createdAt, updatedAt: createdAt, type: 'AGENT', displayName: role ? `Agent ${i + 1}, ${role}` : `Agent ${i + 1}, in reserve`, email: null,
        externalId: null, teamId: teams[team], managerId: people[headCount + team], roleId: roles[i % roles.length], status, costCenter: role ? costCentreOf(departmentOf(team)) : null,
        startedOn, endedOn: null,
      },
    };
  });
}

/** The name of the person at `i`: no two of 600 are the same. */
function nameOf(i: number): [string, string] {
  const round = Math.floor(i / given.length);
  return [given[i % given.length] as string, family[(i + round) % family.length] as string];
}

/** The calendar day of a time, as the database takes it. */
export function dateOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
