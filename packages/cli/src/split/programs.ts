import type { Environment } from '@forge/config';
import { join } from 'node:path';
import type { Program } from './child.ts';

/** What tells the processes of one run who and where the others are. */
export interface Meeting {
  /** Of the gateway. */
  readonly host: string;
  /** Of the gateway. */
  readonly port: number;
  /** The port of each subgraph on the loopback interface. */
  readonly subgraphPorts: ReadonlyMap<string, number>;
  /** PEM; with the private half the gateway signs who is asking, with the public one subgraphs know that it did. */
  readonly keys: { readonly privateKey: string; readonly publicKey: string };
}

/** The gateway's program; of the two keys it has the private one, and nothing of what subgraphs alone know. */
export function gatewayProgram(projectDir: string, env: Environment, { host, port, subgraphPorts, keys }: Meeting): Program {
  return {
    name: 'gateway', file: join(projectDir, 'gateway/src/main.ts'),
    env: {
      ...env, HOST: host, PORT: String(port), ...urlVariables(subgraphPorts), FORGE_GATEWAY_PRIVATE_KEY: keys.privateKey,
      FORGE_GATEWAY_PUBLIC_KEY: undefined, FORGE_SECRET_KEYS: undefined, FORGE_EVENT_SECRETS: undefined,
    },
  };
}

/** The program of each subgraph; the gateway alone can talk to it, and the others by events. */
export function subgraphPrograms(projectDir: string, env: Environment, { subgraphPorts, keys }: Meeting): Program[] {
  const urls = urlVariables(subgraphPorts);
  return [...subgraphPorts].map(([name, port], i) => ({
    name, file: join(projectDir, 'subgraphs', name, 'src/main.ts'),
    env: {
      ...env, ...urls, HOST: '127.0.0.1', PORT: String(port), FORGE_METRICS_PORT: metricsPort(env, i + 1),
      FORGE_GATEWAY_PUBLIC_KEY: keys.publicKey, FORGE_GATEWAY_PRIVATE_KEY: undefined,
    },
  }));
}

/** Each process serves metrics of its own: the gateway at the port that was asked for, the subgraphs at those after it. */
function metricsPort({ FORGE_METRICS_PORT: first }: Environment, offset: number): string | undefined {
  return first && first !== '0' ? String(Number(first) + offset) : first;
}

function urlVariables(subgraphPorts: ReadonlyMap<string, number>): Record<string, string> {
  return Object.fromEntries([...subgraphPorts].map(([name, port]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, `http://127.0.0.1:${port}/graphql`]));
}
