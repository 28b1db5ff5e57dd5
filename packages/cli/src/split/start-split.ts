import { generateKeyPair } from '@forge/auth';
import type { Address, Life } from '@forge/process';
import type { Forge } from '../forge.ts';
import { freePorts } from './free-ports.ts';
import { gatewayProgram, subgraphPrograms, type Meeting } from './programs.ts';
import { supervise, type Supervised } from './supervise.ts';

/**
 * Starts the gateway and each of `subgraphs` in a process of its own, on databases that are there, and keeps them
 * running. Answers where the gateway answers, once all of them are ready.
 */
export async function startSplit({ projectDir, env }: Forge, subgraphs: readonly string[], { host, port }: Address, { asked, onStop }: Life): Promise<string> {
  const [gatewayPort = port, ...ports] = await freePorts(subgraphs.length + 1);
  const meeting: Meeting = {
    // A port of its own choice would be another one each time it starts.
    host, port: port === 0 ? gatewayPort : port,
    subgraphPorts: new Map(subgraphs.map((name, i) => [name, ports[i] ?? 0])),
    keys: await generateKeyPair(),
  };

  const width = Math.max(...['gateway', ...subgraphs].map(({ length }) => length));
  const start = (program: ReturnType<typeof gatewayProgram>) => supervise(program, (line) => console.log(`${program.name.padEnd(width)} | ${line}`));
  const behind = subgraphPrograms(projectDir, env, meeting).map(start);
  onStop(() => Promise.all(behind.map((subgraph) => subgraph.stop())));
  const gateway = start(gatewayProgram(projectDir, env, meeting));
  onStop(() => gateway.stop());

  return allReady(gateway, behind, asked);
}

async function allReady(gateway: Supervised, behind: readonly Supervised[], asked: AbortSignal): Promise<string> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(asked.reason);
  asked.addEventListener('abort', stop);
  try {
    asked.throwIfAborted();
    const [address] = await Promise.race([Promise.all([gateway.ready, ...behind.map(({ ready }) => ready)]), stopped.promise]);
    return address;
  } finally {
    asked.removeEventListener('abort', stop);
  }
}
