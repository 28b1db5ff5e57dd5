import type { Cast } from '../cast.ts';
import { after, hour, type Row } from '../rows.ts';

/** The departments, each after the one it is part of: company, name, position of the parent, names of its teams. */
const structure: readonly (readonly [string, string, number | null, readonly string[]])[] = [
  ['emea', 'Executive Office', null, []],
  ['emea', 'Finance', 0, ['Accounts Payable', 'Controlling']],
  ['emea', 'Treasury', 1, ['Cash Desk', 'Payments']],
  ['emea', 'Engineering', 0, ['Platform', 'Data']],
  ['emea', 'Product Engineering', 3, ['Web', 'Mobile']],
  ['emea', 'Agent Engineering', 3, ['Agent Runtime', 'Agent Quality']],
  ['emea', 'Legal', 0, ['Contracts', 'Privacy']],
  ['emea', 'Customer Care', 0, ['First Line', 'Second Line']],
  ['americas', 'Executive Office', null, []],
  ['americas', 'Sales', 8, ['New Business', 'Key Accounts']],
  ['americas', 'Marketing', 9, ['Content', 'Events']],
  ['americas', 'Operations', 8, ['Logistics', 'Procurement']],
  ['americas', 'Field Service', 11, ['Austin Crew', 'Boston Crew']],
  ['americas', 'Finance', 8, ['Bookkeeping', 'Tax']],
];

/** How many of the people answer for departments; those who lead teams come after them. */
export const headCount = structure.length;
/** Marketing looks for a head, the last team for a lead; both are looked after by the person who would have the title. */
const vacantDepartment = 10;
const vacantTeam = 23;

const departmentOfTeam = structure.flatMap(([, , , teams], d) => teams.map(() => d));

/** The person who answers for a department; the second company's reports to the first's, who reports to nobody. */
export function managerOfHead(department: number): number | null {
  return department === 0 ? null : structure[department]?.[2] ?? 0;
}

export function departmentOf(team: number): number {
  return departmentOfTeam[team] ?? 0;
}

export function costCentreOf(department: number): string {
  return `CC-${4000 + department * 10}`;
}

export function makeDepartments({ orgId, makeId, founded, people }: Cast): (Row & { id: string })[] {
  const ids = structure.map((_, d) => makeId('Department', after(founded, d * 1_000)));
  return structure.map(([companyId, name, parent], d) => {
    const createdAt = after(founded, d * 1_000);
    return {
      id: ids[d] as string, orgId, createdAt, updatedAt: createdAt, companyId, name, parentId: parent === null ? null : ids[parent],
      headId: d === vacantDepartment ? null : people[d], costCenter: parent === null ? null : costCentreOf(d),
    };
  });
}

export function makeTeams({ orgId, founded, people, teams }: Cast, departments: readonly { id: string }[]): Row[] {
  const names = structure.flatMap(([, , , its]) => its);
  return teams.map((id, t) => {
    const createdAt = after(founded, t * 60_000);
    return {
      id, orgId, createdAt, updatedAt: t === vacantTeam ? after(createdAt, 3 * hour) : createdAt, departmentId: departments[departmentOf(t)]?.id, name: names[t],
      leadId: t === vacantTeam ? null : people[headCount + t], description: t % 5 === 4 ? null : `${names[t] ?? ''} for the ${structure[departmentOf(t)]?.[1] ?? ''} department.`,
    };
  });
}
