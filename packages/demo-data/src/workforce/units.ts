import type { Cast } from '../cast.ts';
import { after, day, minute, type Row } from '../rows.ts';
import type { DemoWorker } from './people.ts';

/** The units, each after the one it is part of: type, name, position of the parent, what is noted of it. */
const structure: readonly (readonly [string, string, number | null, object | null])[] = [
  ['region', 'EMEA', null, { timeZone: 'Europe/Berlin' }],
  ['region', 'Americas', null, { timeZone: 'America/Chicago' }],
  ['country', 'Germany', 0, { site: 'Berlin', seats: 90 }],
  ['country', 'Norway', 0, { site: 'Oslo', seats: 45 }],
  ['country', 'United States', 1, { site: 'Austin', seats: 70 }],
  ['country', 'Brazil', 1, null],
  ['guild', 'Security', null, { meets: 'every other Tuesday' }],
  ['chapter', 'Secure Agents', 6, null],
  ['chapter', 'Incident Response', 6, { onCall: true }],
  ['guild', 'Data', null, null],
  ['chapter', 'Data Quality', 9, null],
  ['programme', 'Agents in Finance', null, { until: '2027-06-30', sponsor: 'Finance' }],
];
const countries = [2, 3, 4, 5];
const circles = [6, 7, 8, 9, 10, 11];

/** Regions with their countries, guilds with their chapters, and a programme that is looking for a lead. */
export function makeUnits({ orgId, makeId, founded, people }: Cast): (Row & { id: string })[] {
  const createdAt = after(founded, day);
  const ids = structure.map(() => makeId('OrgUnit', createdAt));
  return structure.map(([type, name, parent, metadata], u) => ({
    id: ids[u] as string, orgId, createdAt, updatedAt: createdAt, type, name, parentId: parent === null ? null : ids[parent],
    leadId: type === 'programme' ? null : people[u * 3], metadata,
  }));
}

/** Everybody who has not left is in a country, agents are not; every third is in a guild, a chapter or the programme, too. */
export function makeMemberships({ orgId, makeId, founded }: Cast, units: readonly { id: string }[], people: readonly DemoWorker[], agents: readonly DemoWorker[]): Row[] {
  const present = people.filter(({ status }) => status !== 'OFFBOARDED');
  const join = (worker: DemoWorker, i: number, unit: number | undefined, role: string): Row => {
    const createdAt = after(founded, 2 * day + i * minute);
    return { id: makeId('OrgUnitMembership', createdAt), orgId, createdAt, updatedAt: createdAt, unitId: units[unit ?? 0]?.id, workerId: worker.id, role };
  };
  return [
    ...present.map((worker, i) => join(worker, i, countries[i % countries.length], i % 30 === 0 ? 'site manager' : 'member')),
    ...present.filter((_, i) => i % 3 === 0).map((worker, i) => join(worker, i, circles[i % circles.length], i % 11 === 0 ? 'facilitator' : 'member')),
    ...agents.filter((_, i) => i % 4 === 0).map((worker, i) => join(worker, i, circles[i % circles.length], 'observer')),
  ];
}
