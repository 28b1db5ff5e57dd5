import { openDomain, startDatabase, type Database } from '@forge/database';
import { deliverInProcess } from '@forge/events';
import { createGateway, inProcessTransport, type Gateway, type GatewayOptions, type Transports } from '@forge/gateway';
import type { Subgraph, SubgraphSettings } from '@forge/subgraph-kit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listDomains } from './domains.ts';
import type { Forge } from './forge.ts';
import { subgraphs } from './subgraphs.ts';

/** The databases of all domains, started, made and migrated. */
export async function openPlatform(forge: Forge, report: (line: string) => void) {
  const domains = listDomains(forge.projectDir);
  const database = await startDatabase({ ...forge, domains });
  try {
    const urls = await migrated(forge, database, domains, report);
    return { database, urls };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function migrated({ projectDir }: Forge, database: Database, domains: readonly string[], report: (line: string) => void): Promise<Map<string, string>> {
  const urls = new Map<string, string>();
  for (const domain of domains) {
    urls.set(domain, await openDomain(database, { domain, projectDir, onProgress: report }));
  }
  return urls;
}

/** What all subgraphs of a process are started with. */
interface PlatformSettings extends Omit<SubgraphSettings, 'databaseUrl' | 'deliver' | 'metrics'> {
  /** Takes down what each of them does. */
  readonly metrics?: ((subgraph: string) => SubgraphSettings['metrics']) | undefined;
  /** Whether they do anything by themselves, delivering events among it; they do unless this is false. */
  readonly jobs?: boolean;
}

/** Every subgraph, in this process, each on its own database; events go from one to the other without leaving the process. */
export async function startSubgraphs(urls: ReadonlyMap<string, string>, { logger, jobs = true, metrics, ...settings }: PlatformSettings): Promise<Subgraph[]> {
  const { deliver, connect } = deliverInProcess();
  const starts = await Promise.allSettled(Object.entries(subgraphs).map(async ([name, create]) => {
    const databaseUrl = urls.get(name);
    if (!databaseUrl) throw new Error(`the ${name} subgraph has no database`);
    return create({ ...settings, databaseUrl, metrics: metrics?.(name), logger: logger.child({ subgraph: name }), ...(jobs && { deliver }) });
  }));
  const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    // Their jobs would keep the process alive.
    await Promise.all(started.map((subgraph) => subgraph.close()));
    throw failed.reason;
  }
  for (const { name, receive } of started) connect(name, receive);
  return started;
}

/** The roads to subgraphs in this process. */
export function inProcess(subgraphs: readonly Subgraph[]): Transports {
  return Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, inProcessTransport(subgraph)]));
}

interface FrontFiles extends Pick<Forge, 'projectDir'> {
  /** In place of the project's own. */
  readonly supergraphFile?: string | undefined;
}

/** The gateway in front of them. */
export function createFront({ projectDir, supergraphFile = join(projectDir, 'gateway/supergraph.graphql') }: FrontFiles, transports: Transports, options: Omit<GatewayOptions, 'supergraphSdl' | 'transports'>): Promise<Gateway> {
  return createGateway({ ...options, transports, supergraphSdl: readFileSync(supergraphFile, 'utf8'), listFile: join(projectDir, 'gateway/supergraph.yaml') });
}
