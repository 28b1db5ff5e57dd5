import { createGateway, inProcessTransport, readGatewayConfig } from '@forge/gateway';
import { seedIfEmpty } from '@forge/demo-data';
import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Forge } from '../forge.ts';
import { openPlatform, startSubgraphs } from '../platform.ts';

/** `forge up`, which is `npm start`: everything in this process, on an embedded PostgreSQL unless a URL says otherwise. */
export function upCommand(forge: Forge): Command {
  return new Command('up')
    .description('start the database, the subgraphs and the gateway in one process')
    .option('--port <port>', 'where the gateway listens, in place of PORT')
    .option('--no-seed', 'leave an empty database empty')
    .action(async ({ port, seed }: { port?: string; seed: boolean }) => {
      // From the first moment on, so that a signal while things start stops them in order too.
      const asked = signalled('SIGINT', 'SIGTERM', 'SIGHUP');
      const stop = await up({ ...forge, env: { ...forge.env, ...(port && { PORT: port }) } }, seed);
      await asked;
      await stop();
    });
}

/** Starts everything, and answers how to stop it; a part that fails takes down what was started before it. */
async function up(forge: Forge, seed: boolean): Promise<() => Promise<void>> {
  const { host, port, ...config } = readGatewayConfig(forge.env);
  const logger = pino({ level: 'warn' });
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of started.reverse()) await end();
  };
  try {
    const { database, urls } = await openPlatform(forge, console.log);
    started.push(() => database.stop());
    if (seed) await seedIfEmpty({ urls, onProgress: console.log });

    const subgraphs = await startSubgraphs(urls, logger);
    started.push(async () => void (await Promise.all(subgraphs.map((subgraph) => subgraph.close()))));

    const supergraphSdl = readFileSync(join(forge.projectDir, 'gateway/supergraph.graphql'), 'utf8');
    const transports = Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, inProcessTransport(subgraph)]));
    const gateway = await createGateway({ ...config, supergraphSdl, transports, logger });
    started.push(() => gateway.close());
    console.log(`Forge Graph is ready: ${await gateway.listen({ host, port })}/graphql`);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function signalled(...signals: NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve());
  });
}
