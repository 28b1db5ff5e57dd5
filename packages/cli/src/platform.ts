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

/** Every subgraph, in this process, each on its own database, with its jobs; events go from one to the other without leaving the process. */
export async function startSubgraphs(urls: ReadonlyMap<string, string>, { logger, ...settings }: Omit<SubgraphSettings, 'databaseUrl' | 'deliver'>): Promise<Subgraph[]> {
  const { deliver, connect } = deliverInProcess();
  const started = await Promise.all(Object.entries(subgraphs).map(([name, create]) => {
    const databaseUrl = urls.get(name);
    if (!databaseUrl) throw new Error(`the ${name} subgraph has no database`);
    return create({ ...settings, databaseUrl, deliver, logger: logger.child({ subgraph: name }) });
  }));
  for (const { name, receive } of started) connect(name, receive);
  return started;
}

/** The roads to subgraphs in this process. */
export function inProcess(subgraphs: readonly Subgraph[]): Transports {
  return Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, inProcessTransport(subgraph)]));
}

/** The gateway in front of them. */
export function createFront({ projectDir }: Pick<Forge, 'projectDir'>, transports: Transports, options: Omit<GatewayOptions, 'supergraphSdl' | 'transports'>): Promise<Gateway> {
  return createGateway({ ...options, transports, supergraphSdl: readFileSync(join(projectDir, 'gateway/supergraph.graphql'), 'utf8') });
}
