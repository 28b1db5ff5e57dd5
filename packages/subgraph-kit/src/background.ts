import { createReceiver, relay, relayTask, type EventHandlers, type Receive } from '@forge/events';
import { startJobs, type JobRun, type Jobs, type JobTask, type JobTransaction, type Retention, type RetentionClient, type RowsOf } from '@forge/jobs';
import { keepRetention, ownRetention } from './retention.ts';
import type { SubgraphSettings } from './sql-client.ts';

/** Something a domain does by itself, at its times or when addJob asks for it. */
interface DomainTask {
  /** Five-field cron, UTC; without it addJob alone. */
  readonly crontab?: string;
  /** `payload` is what addJob was given. */
  run(now: Date, payload: JobRun['payload']): Promise<unknown>;
}

/** What a domain does when nobody asks: what it hears, what it does at its times, what it forgets. */
export interface BackgroundOptions<Tx extends JobTransaction, Client> {
  domain: string;
  prisma: Client & JobTransaction & RetentionClient & { $transaction<R>(act: (tx: Tx) => Promise<R>): Promise<R> };
  settings: SubgraphSettings;
  handlers?: EventHandlers<Tx>;
  /** How many events share a transaction; each has its own unless given. */
  eventsTogether?: number;
  /** By name. */
  tasks?: Readonly<Record<string, DomainTask>>;
  retention?: readonly Retention<Client>[];
}

/** A kind of rows that goes with time, in the domain's own database. */
export interface KeptRows {
  readonly name: string;
  readonly crontab: string;
  count(now: Date): Promise<readonly RowsOf[]>;
  /** Removes them, and tells each organisation; once `signal` is aborted it leaves the rest for its next time. */
  remove(now: Date, signal?: AbortSignal): Promise<readonly RowsOf[]>;
}

/** The background of a running subgraph. */
export interface Background {
  readonly receive: Receive;
  readonly retention: readonly KeptRows[];
  close(): Promise<void>;
}

/**
 * Takes events in, and runs the domain's jobs with the relay of its outbox, if `settings.deliver` says how events leave;
 * without it nothing runs by itself.
 */
export function startBackground<Tx extends JobTransaction, Client>(options: BackgroundOptions<Tx, Client>): Background {
  const { prisma, domain, settings: { logger }, handlers = {} } = options;
  const retention = [...(options.retention ?? []), ...ownRetention].map((kept: Retention<typeof prisma>): KeptRows => ({
    name: kept.name, crontab: kept.crontab, count: (now) => kept.count(prisma, now), remove: (now, signal) => keepRetention(prisma, domain, kept, now, signal),
  }));
  const jobs = startDomainJobs(options, retention);
  return { receive: createReceiver<Tx>(prisma, handlers, logger, { together: options.eventsTogether }), retention, close: async () => jobs?.close() };
}

function startDomainJobs<Tx extends JobTransaction, Client>({ domain, prisma, settings, tasks = {} }: BackgroundOptions<Tx, Client>, retention: readonly KeptRows[]): Jobs | undefined {
  const { databaseUrl, logger, deliver, now = () => new Date() } = settings;
  if (!deliver) return undefined;
  const timed = Object.entries(tasks).flatMap(([task, { crontab: match }]) => (match ? [{ task, match }] : []));
  return startJobs({
    databaseUrl, logger,
    tasks: {
      ...Object.fromEntries(Object.entries(tasks).map(([name, { run }]): [string, JobTask] => [name, async ({ payload }) => { await run(now(), payload); }])),
      ...Object.fromEntries(retention.map((kept): [string, JobTask] => [taskOf(kept), async ({ signal }) => { await kept.remove(now(), signal); }])),
      [relayTask]: relay({ domain, db: prisma, deliver, logger, now }),
    },
    crontab: [...timed, ...retention.map((kept) => ({ task: taskOf(kept), match: kept.crontab }))],
  });
}

/** The name of the task that removes it. */
function taskOf({ name }: { readonly name: string }): string {
  return `remove-old-${name.replaceAll(' ', '-')}`;
}
