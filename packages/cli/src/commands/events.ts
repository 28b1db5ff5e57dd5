import { OperatorError } from '@forge/config';
import { listUndelivered, replayEvents, setAsideAmong, type Undelivered } from '@forge/events';
import { openDatabase, type PlainDatabase } from '@forge/jobs';
import { Command } from 'commander';
import { listDomains } from '../domains.ts';
import type { Forge } from '../forge.ts';
import { openPlatform } from '../platform.ts';
import { table } from '../table.ts';

type Databases = ReadonlyMap<string, PlainDatabase>;

interface Options {
  /** All of them unless given. */
  readonly domain?: string;
}

const most = 100;
const longestError = 100;

/** `forge events`: what has not arrived, and sending it again. */
export function eventsCommand(forge: Forge): Command {
  const events = new Command('events')
    .description('show the events that have not reached another domain')
    .enablePositionalOptions()
    .option('--domain <domain>', 'those alone that this domain tells')
    .option('--set-aside', 'those alone that are not sent again by themselves', false)
    .action(({ setAside, ...options }: Options & { setAside: boolean }) => onDatabases(forge, options, (databases) => show(databases, setAside)));
  events.command('replay')
    .description('send events that were set aside again, as if for the first time')
    .argument('[ids...]', 'such as evt_01h455vb4pex5vsknk084sn02q')
    .option('--all', 'every one that was set aside', false)
    .option('--domain <domain>', 'those alone that this domain tells')
    .action(async (ids: string[], { all, ...options }: Options & { all: boolean }) => {
      if (all === ids.length > 0) throw new OperatorError('Give the ids of events, or --all; forge events --set-aside shows them.');
      await onDatabases(forge, options, (databases) => replay(databases, all ? 'all' : ids));
    });
  return events;
}

/** Opens the databases of all domains, or of one, as `forge up` would, and hands them to `use`, which answers what to say. */
async function onDatabases(forge: Forge, { domain }: Options, use: (databases: Databases) => Promise<readonly string[]>): Promise<void> {
  const domains = listDomains(forge.projectDir);
  if (domain !== undefined && !domains.includes(domain)) throw new OperatorError(`There is no domain "${domain}"; the domains are ${domains.join(', ')}`);
  // Without a listener a signal would end this process alone, and leave the server.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => console.log('Ends in a moment.'));
  const { database, urls } = await openPlatform(forge, console.log);
  const databases = new Map([...urls].filter(([name]) => domain === undefined || name === domain).map(([name, url]) => [name, openDatabase(url)]));
  try {
    for (const line of await use(databases)) console.log(line);
  } finally {
    for (const each of databases.values()) await each.close();
    await database.stop();
  }
}

/** What is pending, unless `setAsideOnly`, and what is set aside: how many, and the newest hundred. */
export async function show(databases: Databases, setAsideOnly: boolean, now = new Date()): Promise<string[]> {
  const lines: string[] = [];
  for (const which of setAsideOnly ? ['set aside'] as const : ['pending', 'set aside'] as const) {
    const lists = await Promise.all([...databases].map(async ([domain, db]) => ({ domain, ...(await listUndelivered(db, which, most)) })));
    const count = lists.reduce((sum, list) => sum + list.count, 0);
    const newest = lists.flatMap(({ domain, newest }) => newest.map((event) => ({ domain, ...event }))).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, most);
    const heading = `Events ${which === 'pending' ? 'on their way' : 'set aside'}: ${count.toLocaleString('en')}`;
    lines.push(count > most ? `${heading}, the newest ${most} of them:` : heading);
    if (count > 0) lines.push(...table(['from → to', 'id', 'type', 'subject', 'age', 'attempts', 'last error'], newest.map((event) => rowOf(event, now))));
  }
  return lines;
}

/** Makes them due; none, when one of the ids is unknown. */
export async function replay(databases: Databases, ids: readonly string[] | 'all'): Promise<string[]> {
  if (ids !== 'all') {
    const known = (await Promise.all([...databases.values()].map((db) => setAsideAmong(db, ids)))).flat();
    const unknown = ids.filter((id) => !known.includes(id));
    if (unknown.length > 0) throw new OperatorError(`No event that was set aside has the id ${unknown.join(', ')}; forge events --set-aside shows them. Nothing was changed.`);
  }
  const counts = await Promise.all([...databases].map(async ([domain, db]) => [domain, await db.$transaction((tx) => replayEvents(tx, ids))] as const));
  const replayed = counts.filter(([, count]) => count > 0);
  if (replayed.length === 0) return ['No event is set aside.'];
  return [`Due again: ${replayed.map(([domain, count]) => `${count.toLocaleString('en')} of ${domain}`).join(', ')}. They are sent as soon as their domain runs.`];
}

function rowOf({ domain, subscriber, id, type, subject, createdAt, attempts, lastError }: Undelivered & { domain: string }, now: Date) {
  return [`${domain} → ${subscriber}`, id, type, subject, ageOf(now.getTime() - createdAt.getTime()), attempts, onOneLine(lastError ?? '')];
}

function ageOf(milliseconds: number): string {
  const seconds = Math.max(Math.floor(milliseconds / 1000), 0);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 2 * 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

function onOneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestError ? `${line.slice(0, longestError)}…` : line;
}
