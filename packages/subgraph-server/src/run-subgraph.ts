import type { Environment } from '@forge/config';
import { generatePrismaClients, openDomain, startDatabase, takeDomain, withSecretKeys } from '@forge/database';
import { deliverOverHttp } from '@forge/events';
import { announceReady, listen, runMain } from '@forge/process';
import type { Subgraph, SubgraphSettings } from '@forge/subgraph-kit';
import { startTelemetry, subgraphMetrics } from '@forge/telemetry';
import { join } from 'node:path';
import { createSubgraphServer } from './server.ts';
import { readSubgraphConfig } from './subgraph-config.ts';
import { authenticator } from './trust.ts';

export interface SubgraphProcess {
  domain: string;
  env: Environment;
  /** Makes the subgraph once its Prisma client and its database are there; so it is the place to import what needs them. */
  create(settings: SubgraphSettings): Promise<Subgraph>;
}

const projectDir = join(import.meta.dirname, '../../..');

/**
 * One subgraph as a program: on its own database, brought up and, unless told otherwise, migrated, it serves
 * `POST /graphql` until the process is asked to stop. What is wrong with its environment is said all at once, and the
 * process exits with 1.
 */
export function runSubgraph({ domain, env, create }: SubgraphProcess): Promise<void> {
  return runMain(async ({ asked, onStop }) => {
    const completeEnv = withSecretKeys(env, projectDir);
    const { host, port, gatewayKey, jobs, migrations, eventSecrets, eventUrlOf, ...config } = readSubgraphConfig(domain, completeEnv, projectDir);
    const telemetry = await startTelemetry(config.telemetry, { name: `forge-subgraph-${domain}`, environment: config.environment });
    onStop(() => telemetry.stop());
    const metrics = telemetry.registry && subgraphMetrics(telemetry.registry)(domain);
    await generatePrismaClients(projectDir, [domain]);
    const database = await startDatabase({ env, projectDir, domains: [domain] });
    onStop(() => database.stop());
    asked.throwIfAborted();
    const place = { domain, projectDir };
    const databaseUrl = await (migrations ? openDomain(database, { ...place, onProgress: console.log }) : takeDomain(database, place));
    asked.throwIfAborted();

    const { deliver, close } = deliverOverHttp(eventUrlOf, eventSecrets);
    onStop(close);
    const subgraph = await create({ databaseUrl, logger: telemetry.logger.child({ subgraph: domain }), metrics, env: completeEnv, ...(jobs && { deliver }) });
    onStop(() => subgraph.close());
    const server = createSubgraphServer(subgraph, await authenticator(domain, gatewayKey), eventSecrets, metrics);
    onStop(() => server.close());
    asked.throwIfAborted();
    const address = `${await listen(server, { host, port })}/graphql`;
    announceReady(`${domain} subgraph is ready: ${address}`, address);
  });
}
