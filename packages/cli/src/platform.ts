import { startDatabase, migrate, type Database } from '@forge/database';
import { createGateway, inProcessTransport, type Gateway, type GatewayOptions } from '@forge/gateway';
import { createAgentsSubgraph } from '@forge/subgraph-agents';
import { createAnalyticsSubgraph } from '@forge/subgraph-analytics';
import type { Subgraph } from '@forge/subgraph-kit';
import { createWorkflowSubgraph } from '@forge/subgraph-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { listDomains } from './domains.ts';
import type { Forge } from './forge.ts';

const subgraphs = { agents: createAgentsSubgraph, analytics: createAnalyticsSubgraph, workflow: createWorkflowSubgraph };

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
    const url = await database.urlFor(domain);
    await migrate({
      url, domain, schemaDir: join(projectDir, 'prisma', domain),
      onProgress: ({ name, index, of, milliseconds }) => report(`${domain}: migration ${index} of ${of}, ${name}, in ${Math.round(milliseconds)} ms`),
    });
    urls.set(domain, url);
  }
  return urls;
}

/** Every subgraph, in this process; `onSql` hears every statement of any of them. */
export function startSubgraphs(urls: ReadonlyMap<string, string>, logger: Logger, onSql?: (text: string) => void) {
  return Promise.all(Object.entries(subgraphs).map(([name, create]) => {
    const databaseUrl = urls.get(name);
    if (!databaseUrl) throw new Error(`the ${name} subgraph has no database`);
    return create({ databaseUrl, logger: logger.child({ subgraph: name }), onSql });
  }));
}

/** The gateway in front of subgraphs in this process. */
export function createFront({ projectDir }: Pick<Forge, 'projectDir'>, subgraphs: readonly Subgraph[], options: Omit<GatewayOptions, 'supergraphSdl' | 'transports'>): Promise<Gateway> {
  return createGateway({
    ...options,
    supergraphSdl: readFileSync(join(projectDir, 'gateway/supergraph.graphql'), 'utf8'),
    transports: Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, inProcessTransport(subgraph)])),
  });
}
