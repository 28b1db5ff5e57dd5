import { readPublicKeys } from '@forge/auth';
import { readConfig, type Environment } from '@forge/config';
import { databaseVariables } from '@forge/database';
import { isLoopback } from '@forge/process';
import { readTelemetry, telemetryVariables, type TelemetryOptions } from '@forge/telemetry';
import { z } from 'zod';
import { eventSecrets } from './event-secrets.ts';
import { routingUrls } from './routing-urls.ts';

export interface SubgraphConfig {
  host: string;
  port: number;
  /** The gateway's public key as PEM, or several of them; undefined when everyone on this machine is the demo organisation's administrator. */
  gatewayKey: string | undefined;
  /** Whether this process runs jobs, the relay of events among them; of the replicas of a subgraph one has to. */
  jobs: boolean;
  /** Whether this process brings its database up to date; otherwise it takes one that somebody else has. */
  migrations: boolean;
  /** Any of them signs an event of another subgraph; the first signs ours. */
  eventSecrets: readonly Buffer[];
  /** How this process is seen from outside. */
  telemetry: TelemetryOptions;
  /** NODE_ENV. */
  environment: string | undefined;
  /** Where another subgraph takes events. */
  eventUrlOf(subscriber: string): string;
}

const variables = z.object({
  NODE_ENV: z.string().optional(),
  FORGE_AUTH: z.string().optional(),
  FORGE_EVENT_SECRETS: eventSecrets,
  FORGE_JOBS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  FORGE_MIGRATIONS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  FORGE_GATEWAY_PUBLIC_KEY: z.string().refine(arePublicKeys, 'must be an Ed25519 public key as PEM, or several, one after another').optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('must be a number from 0 to 65535').int('must be a whole number').min(0).max(65_535).optional(),
});

/** What the environment says about a subgraph's process, its database included; throws an OperatorError that lists every fault. */
export function readSubgraphConfig(domain: string, env: Environment, projectDir: string): SubgraphConfig {
  const urls = routingUrls(projectDir);
  const defaultPort = Number(new URL(urls.get(domain) ?? 'http://localhost').port) || undefined;
  const checked = variables.superRefine((given, { addIssue }) => {
    for (const { path, message } of faultsOf(given, defaultPort)) addIssue({ code: 'custom', path: [path], message });
  }, { when: () => true });
  const own = z.intersection(checked, telemetryVariables);
  const config = readConfig(z.intersection(z.intersection(own, databaseVariables([domain])), urlVariables(urls)), env);
  return {
    host: config.HOST, port: config.PORT ?? defaultPort ?? 0, gatewayKey: config.FORGE_GATEWAY_PUBLIC_KEY, jobs: config.FORGE_JOBS === 'on',
    migrations: config.FORGE_MIGRATIONS === 'on', eventSecrets: config.FORGE_EVENT_SECRETS,
    telemetry: readTelemetry(config), environment: config.NODE_ENV,
    eventUrlOf(subscriber) {
      const address: unknown = config[urlVariable(subscriber)];
      if (typeof address !== 'string') throw new Error('gateway/supergraph.yaml does not know it');
      return new URL('/events', address).href;
    },
  };
}

/** Where each subgraph is: `SUBGRAPH_URL_<NAME>`, or the address in the supergraph. */
function urlVariables(urls: ReadonlyMap<string, string>): z.ZodType<Readonly<Record<string, string>>> {
  return z.object(Object.fromEntries([...urls].map(([name, url]) => [urlVariable(name), z.url('must be a URL').default(url)])));
}

function urlVariable(subgraph: string): string {
  return `SUBGRAPH_URL_${subgraph.toUpperCase()}`;
}

/** What is wrong with variables that are right one by one. */
function* faultsOf({ NODE_ENV, FORGE_AUTH, FORGE_GATEWAY_PUBLIC_KEY: key, HOST, PORT }: z.output<typeof variables>, defaultPort: number | undefined) {
  if (PORT === undefined && defaultPort === undefined) yield { path: 'PORT', message: 'is not set, and gateway/supergraph.yaml names no port for this subgraph' };
  if (key !== undefined) return;
  if (NODE_ENV === 'production') yield { path: 'FORGE_GATEWAY_PUBLIC_KEY', message: 'is not set; with NODE_ENV=production a subgraph answers the gateway only, which it knows by this key' };
  else if ((FORGE_AUTH ?? 'dev') !== 'dev') yield { path: 'FORGE_GATEWAY_PUBLIC_KEY', message: 'is not set; only FORGE_AUTH=dev does without' };
  else if (!isLoopback(HOST)) yield { path: 'HOST', message: 'must be of the loopback interface: without FORGE_GATEWAY_PUBLIC_KEY every caller is an administrator' };
}

function arePublicKeys(pems: string): boolean {
  try {
    return readPublicKeys(pems).length > 0;
  } catch {
    return false;
  }
}
