import { runSql } from '@forge/testing';
import { readdirSync, readlinkSync } from 'node:fs';
import { measureMemory } from './inspector.ts';
import type { FrontDoor } from './start-front-door.ts';

/** What the gateway, and the platform's database, have open. */
export interface Resources {
  /** Of the gateway, to clients and subgraphs. */
  readonly sockets: number;
  /** Of the gateway; a planner that was not ended would be among them. */
  readonly threads: number;
  /** What the gateway's heap holds after a garbage collection, and what the system counts as the process's, in MiB. */
  readonly heap: number;
  readonly resident: number;
  readonly operationsInFlight: number;
  readonly fetchesInFlight: number;
  readonly databaseConnections: number;
}

const mebibyte = 1024 * 1024;

export async function measureResources({ gateway, said, metricsUrl, databaseUrl }: FrontDoor): Promise<Resources> {
  const pid = gateway.pid();
  const memory = await measureMemory(pid, said);
  const metrics = await (await fetch(metricsUrl, { headers: { connection: 'close' } })).text();
  const [database] = await runSql<{ count: string }>(databaseUrl, `SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'forge_%'`);
  return {
    sockets: socketsOf(pid),
    threads: readdirSync(`/proc/${pid}/task`).length,
    heap: Math.round(memory.heapBytes / mebibyte),
    resident: Math.round(memory.residentBytes / mebibyte),
    operationsInFlight: sumOf(metrics, 'forge_gateway_operations_in_flight'),
    fetchesInFlight: sumOf(metrics, 'forge_gateway_fetches_in_flight') + sumOf(metrics, 'forge_gateway_fetches_queued'),
    databaseConnections: Number(database?.count),
  };
}

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((descriptor) => {
    try {
      return readlinkSync(`${folder}/${descriptor}`).startsWith('socket:');
    } catch {
      // Closed since the folder was read.
      return false;
    }
  }).length;
}

/** Of a metric over all its labels, as Prometheus reads it. */
function sumOf(metrics: string, name: string): number {
  return [...metrics.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
}
