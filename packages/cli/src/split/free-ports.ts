import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ports that systems give to outgoing connections: one of those could take a port while its process is away.
const lowest = 20_000;
const highest = 32_000;

/** Ports of the loopback interface on which nobody listens at the moment, `count` different ones. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let port = randomInt(lowest, highest - 1_000); found.length < count; port++) {
    if (port > highest) throw new Error(`there are no ${count} free ports from ${lowest} to ${highest}`);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
