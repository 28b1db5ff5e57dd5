import { createPrincipalVerifier, demoPrincipal, generateKeyPair } from '@forge/auth';
import { freePorts } from '@forge/cli/src/split/free-ports.ts';
import type { Forge } from '@forge/cli/src/forge.ts';
import { openPlatform, startSubgraphs } from '@forge/cli/src/platform.ts';
import { seedIfEmpty } from '@forge/demo-data';
import type { Subgraph } from '@forge/subgraph-kit';
import type { FormattedExecutionResult } from 'graphql';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { answerOf, load, type Measured } from './gateway/load.ts';
import { startProgram, type GatewayProgram } from './gateway/program.ts';
import { benchQueries, type BenchQuery } from './gateway/queries.ts';
import { serveFromMemory } from './gateway/replay.ts';
import { startServer } from './server.ts';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const promised = 1.5;
const rounds = 3;
const seconds = 6;

/**
 * Requests a second and processor time a request for three queries, through this gateway with everything it has switched on, through
 * Apollo's stock gateway and through Hive Gateway, in turns, over the same subgraphs. Those answer from memory what they were asked
 * before, so that the gateways are what is measured; that all three give the same answers is looked at first, byte for byte.
 */
export async function run({ projectDir }: Forge): Promise<void> {
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), 'forge-bench-gateway-'));
  const { urls } = await openPlatform({ projectDir, env: { DATABASE_URL: server.url } }, () => undefined);
  await seedIfEmpty({ urls, runs: 300 });
  const subgraphs = await startSubgraphs(urls, { logger: pino({ level: 'warn' }), jobs: false });
  const keys = await generateKeyPair();
  const memory = serveFromMemory(subgraphs, await createPrincipalVerifier(keys.publicKey)).listen(0, '127.0.0.1');
  await once(memory, 'listening');
  const programs: GatewayProgram[] = [];
  try {
    const base = `http://127.0.0.1:${(memory.address() as { port: number }).port}`;
    programs.push(...(await startGateways(projectDir, folder, base, keys, await makeKey(subgraphs), subgraphs.map(({ name }) => name))));
    const [ours] = programs;
    if (!ours) throw new Error('there is no gateway');
    const queries = await benchQueries(async (query, variables) => JSON.parse(await answerOf(ours, query, variables)) as FormattedExecutionResult);
    for (const query of queries) await sameAnswers(programs, query);
    let worst = Infinity;
    for (const query of queries) worst = Math.min(worst, await compare(programs, query));
    console.log(`least ratio to stock ${worst.toFixed(2)}; promised is at least ${promised}`);
    if (worst < promised) process.exitCode = 1;
  } finally {
    for (const program of programs) await program.stop();
    memory.close();
    memory.closeAllConnections();
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function startGateways(projectDir: string, folder: string, base: string, { privateKey }: Keys, key: string, names: readonly string[]): Promise<GatewayProgram[]> {
  const [port = 0, stockPort = 0, hivePort = 0, metricsPort = 0] = await freePorts(4);
  const supergraph = join(folder, 'supergraph.graphql');
  const url = (name: string) => `${base}/${name}/graphql`;
  const composed = readFileSync(join(projectDir, 'gateway/supergraph.graphql'), 'utf8');
  writeFileSync(supergraph, composed.replace(/@join__graph\(name: "(\w+)", url: "[^"]*"\)/g, (_, name: string) => `@join__graph(name: "${name}", url: "${url(name)}")`));
  const urls = Object.fromEntries(names.map((name) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url(name)]));
  const everythingOn = { FORGE_AUTH: 'apiKey', FORGE_RATE_LIMIT: '1000000000', FORGE_METRICS_PORT: String(metricsPort), FORGE_LOG_LEVEL: 'info', FORGE_APQ: 'on' };
  return [
    await startProgram({
      name: 'ours', file: join(projectDir, 'gateway/src/main.ts'), port, headers: { authorization: `Bearer ${key}` },
      env: { ...urls, ...everythingOn, PORT: String(port), FORGE_GATEWAY_PRIVATE_KEY: privateKey },
    }),
    await startProgram({ name: 'stock', file: join(import.meta.dirname, 'gateway/stock.ts'), args: [supergraph, String(stockPort)], port: stockPort }),
    await startProgram({ name: 'hive', file: join(import.meta.dirname, 'gateway/hive.ts'), args: [supergraph, String(hivePort)], port: hivePort }),
  ];
}

/** A key that may do everything, made as an administrator makes one. */
async function makeKey(subgraphs: readonly Subgraph[]): Promise<string> {
  const gateways = subgraphs.find(({ name }) => name === 'gateways');
  const query = 'mutation { createApiKey(input: { label: "bench", scopes: ["admin"] }) { key userErrors { message } } }';
  const { data } = (await gateways?.execute({ query }, { principal: demoPrincipal })) ?? {};
  const made = (data as { createApiKey?: { key: string | null } } | null | undefined)?.createApiKey?.key;
  if (!made) throw new Error('no key could be made');
  return made;
}

async function sameAnswers(programs: readonly GatewayProgram[], { name, query, variables }: BenchQuery): Promise<void> {
  for (const each of variables) {
    const [first, ...others] = await Promise.all(programs.map((program) => answerOf(program, query, each)));
    programs.slice(1).forEach((program, i) => {
      if (others[i] !== first) throw new Error(`${name}: ${program.name} answers otherwise:\n${first ?? ''}\n${others[i] ?? ''}`);
    });
  }
}

/** Prints one query's figures; answers how many times as many requests a second as stock's ours are. */
async function compare(programs: readonly GatewayProgram[], query: BenchQuery): Promise<number> {
  // Plans and the just-in-time compiler are not what is measured.
  for (const program of programs) await load(program, query, 3);
  const measured = new Map<string, Measured[]>(programs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const program of programs) measured.get(program.name)?.push(await load(program, query, seconds));

  const middle = new Map([...measured].map(([name, all]) => [name, { requestsASecond: median(all.map((each) => each.requestsASecond)), cpuARequest: median(all.map((each) => each.cpuARequest)) }]));
  const ours = middle.get('ours') ?? { requestsASecond: 0, cpuARequest: 0 };
  console.log(query.name);
  for (const [name, { requestsASecond, cpuARequest }] of middle) {
    const ratios = name === 'ours' ? '' : `  ours is ${(ours.requestsASecond / requestsASecond).toFixed(2)} times as fast, with ${(ours.cpuARequest / cpuARequest).toFixed(2)} of its processor time`;
    console.log(`  ${name.padEnd(5)} ${requestsASecond.toFixed(0).padStart(6)} requests/s  ${cpuARequest.toFixed(3)} ms of processor a request${ratios}`);
  }
  return ours.requestsASecond / (middle.get('stock')?.requestsASecond ?? Infinity);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
