import { readFileSync, statSync } from 'node:fs';

/** An account of the system, by its numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account to which root lends the server: the one that PostgreSQL's own packages make, or nobody's. */
export function unprivilegedAccount(): Account {
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const entry = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  return { uid: Number(entry?.[2] ?? 65_534), gid: Number(entry?.[3] ?? 65_534) };
}

/** Who owns what is at `path`; undefined when nothing is. */
export function ownerOf(path: string): Account | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
