import { withSecretKeys } from '@forge/database';
import { seedIfEmpty } from '@forge/demo-data';
import { readGatewayConfig } from '@forge/gateway';
import { liveUntilAsked, type Life } from '@forge/process';
import { startTelemetry, subgraphMetrics } from '@forge/telemetry';
import { Command, InvalidArgumentError } from 'commander';
import type { Forge } from '../forge.ts';
import { createFront, inProcess, openPlatform, startSubgraphs } from '../platform.ts';
import { startSplit } from '../split/start-split.ts';

interface Options {
  readonly port?: string;
  readonly seed: boolean;
  readonly runs?: number;
  readonly split: boolean;
}

/** `forge up`, which is `npm start`: the whole platform, on an embedded PostgreSQL unless a URL says otherwise. */
export function upCommand(forge: Forge): Command {
  return new Command('up')
    .description('start the database, the subgraphs and the gateway in one process')
    .option('--port <port>', 'where the gateway listens, in place of PORT')
    .option('--no-seed', 'leave an empty database empty')
    .option('--runs <n>', 'how many workflow runs an empty database is filled with, in place of 2000', wholeNumber)
    .option('--split', 'the gateway and each subgraph in a process of its own, over HTTP', false)
    .action(({ port, ...options }: Options) => {
      const env = withSecretKeys({ ...forge.env, ...(port && { PORT: port }) }, forge.projectDir);
      return liveUntilAsked((life) => up({ ...forge, env }, options, life));
    });
}

async function up(forge: Forge, { seed, runs, split }: Options, life: Life): Promise<void> {
  const { asked, onStop } = life;
  const { host, port, settings, telemetry: seen, environment, supergraphFile, ...config } = readGatewayConfig(forge.env);
  const { database, urls } = await openPlatform(forge, console.log);
  onStop(() => database.stop());
  asked.throwIfAborted();
  if (seed) await seedIfEmpty({ urls, onProgress: console.log, signal: asked, ...(runs && { runs }) });
  asked.throwIfAborted();

  const address = split ? await startSplit(forge, [...urls.keys()], { host, port }, life) : await startTogether();
  console.log(`Forge Graph is ready: ${address}`);

  async function startTogether(): Promise<string> {
    const telemetry = await startTelemetry({ logLevel: 'warn', ...seen }, { name: 'forge', environment });
    onStop(() => telemetry.stop());
    const { logger, registry } = telemetry;
    const subgraphs = await startSubgraphs(urls, { logger, env: forge.env, metrics: registry && subgraphMetrics(registry) });
    onStop(() => Promise.all(subgraphs.map((subgraph) => subgraph.close())));
    asked.throwIfAborted();
    const gateway = await createFront({ ...forge, supergraphFile }, inProcess(subgraphs), { ...settings, ...config, logger, registry });
    onStop(() => gateway.close());
    return `${await gateway.listen({ host, port })}/graphql`;
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number, 1 or more.');
  return number;
}
