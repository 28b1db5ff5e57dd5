import { demoOrgId, demoPrincipal, generateKeyPair } from '@forge/auth';
import { openDomain, startDatabase, startThrowAway } from '@forge/database';
import { seedIfEmpty } from '@forge/demo-data';
import { createGatewaysSubgraph } from '@forge/subgraph-gateways';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { listDomains } from '../../domains.ts';
import { freePorts } from '../../split/free-ports.ts';
import { gatewayProgram, subgraphPrograms } from '../../split/programs.ts';
import { secretKeys } from '../test-platform.ts';
import { ownProcess, type OwnProcess } from './own-process.ts';
import { projectDir } from './project-dir.ts';
import { killed, slow } from './questions.ts';
import { openSlowRoad, type SlowRoad } from './slow-road.ts';

/** The platform as production has it: the gateway and each subgraph in a process of its own, and nobody let in without a key. */
export interface FrontDoor {
  /** Of the gateway, without a path. */
  readonly origin: string;
  /** With an administrator's key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly gateway: OwnProcess;
  readonly killed: OwnProcess;
  readonly slowRoad: SlowRoad;
  /** The file that the gateway watches. */
  readonly supergraphFile: string;
  readonly metricsUrl: string;
  /** Of the PostgreSQL, and of the domains' databases on it. */
  readonly databaseUrl: string;
  readonly urls: ReadonlyMap<string, string>;
  /** What the gateway has said so far, line by line; what it says of operations apart. */
  said(): readonly string[];
  /** How many operations the gateway has said that it has answered, with data or without. */
  operations(): number;
  close(): Promise<void>;
}

export interface FrontDoorOptions {
  readonly runs: number;
  /** More of the gateway's environment. */
  readonly env: Readonly<Record<string, string>>;
}

export async function startFrontDoor({ runs, env }: FrontDoorOptions): Promise<FrontDoor> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const server = await startThrowAway();
    closing.push(() => server.stop());
    const domains = listDomains(projectDir);
    const urls = await openDomains(server.url, domains);
    await seedIfEmpty({ urls, runs });
    const folder = mkdtempSync(join(tmpdir(), 'forge-front-door-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    const supergraphFile = join(folder, 'supergraph.graphql');
    copyFileSync(join(projectDir, 'gateway/supergraph.graphql'), supergraphFile);

    const [port = 0, metricsPort = 0, ...ports] = await freePorts(domains.length + 2);
    const slowRoad = await openSlowRoad(ports[domains.indexOf(slow)] ?? 0);
    closing.push(() => slowRoad.close());
    const subgraphPorts = new Map(domains.map((domain, i) => [domain, ports[i] ?? 0]));
    const meeting = { host: '127.0.0.1', port, keys: await generateKeyPair() };
    const production = { NODE_ENV: 'production' };

    const databases = Object.fromEntries([...urls].map(([domain, url]) => [`DATABASE_URL_${domain.toUpperCase()}`, url]));
    const theirs = { ...production, ...secretKeys, ...databases, FORGE_EVENT_SECRETS: randomBytes(32).toString('base64'), FORGE_MIGRATIONS: 'off', FORGE_LOG_LEVEL: 'error' };
    const subgraphs = subgraphPrograms(projectDir, theirs, { ...meeting, subgraphPorts }).map((program) => ({ name: program.name, process: ownProcess(program, () => undefined) }));
    closing.push(() => Promise.all(subgraphs.map((subgraph) => subgraph.process.stop())));
    await Promise.all(subgraphs.map((subgraph) => subgraph.process.start()));

    const said: string[] = [];
    let operations = 0;
    const everythingOn = { FORGE_AUTH: 'apiKey', FORGE_RATE_LIMIT: '1000000000', FORGE_METRICS_PORT: String(metricsPort), FORGE_ADMIN_ORG: demoOrgId, FORGE_SUPERGRAPH: supergraphFile };
    // Its inspector, when it is asked how much it holds, takes any port.
    const program = gatewayProgram(projectDir, { ...production, ...everythingOn, NODE_OPTIONS: '--inspect-port=0', ...env }, { ...meeting, subgraphPorts: new Map([...subgraphPorts, [slow, slowRoad.port]]) });
    const gateway = ownProcess(program, (line) => {
      if (line.endsWith('"msg":"operation"}')) operations += 1;
      else said.push(line);
    });
    closing.push(() => gateway.stop());
    await gateway.start();

    return {
      origin: `http://127.0.0.1:${port}`, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`, databaseUrl: server.url, supergraphFile, slowRoad, gateway, urls, close,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await makeKey(urls.get('gateways') ?? '')}` },
      killed: subgraphs.find(({ name }) => name === killed)?.process ?? gateway,
      said: () => said,
      operations: () => operations,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openDomains(databaseUrl: string, domains: readonly string[]): Promise<Map<string, string>> {
  const database = await startDatabase({ env: { DATABASE_URL: databaseUrl }, projectDir, domains });
  const urls = new Map<string, string>();
  for (const domain of domains) urls.set(domain, await openDomain(database, { domain, projectDir, onProgress: () => undefined }));
  return urls;
}

/** A key that may do everything, made past the gateway as an organisation's first one is. */
async function makeKey(databaseUrl: string): Promise<string> {
  const gateways = await createGatewaysSubgraph({ databaseUrl, logger: pino({ level: 'silent' }), env: secretKeys });
  try {
    const { data } = await gateways.execute({ query: 'mutation { createApiKey(input: { label: "clients", scopes: ["admin"] }) { key } }' }, { principal: demoPrincipal });
    return (data as { createApiKey: { key: string } }).createApiKey.key;
  } finally {
    await gateways.close();
  }
}
