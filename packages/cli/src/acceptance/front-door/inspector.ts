import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Memory {
  /** What is reachable, after a garbage collection. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/**
 * What another Node process holds, once its garbage is collected. By its inspector, which SIGUSR1 opens in any: the program is started
 * without a word of it. `said` is what the process has said so far.
 */
export async function measureMemory(pid: number, said: () => readonly string[]): Promise<Memory> {
  const address = () => said().map((line) => /Debugger listening on (ws:\S+)/.exec(line)?.[1]).findLast(Boolean);
  if (!address()) process.kill(pid, 'SIGUSR1');
  for (let looks = 0; !address() && looks < 500; looks++) await sleep(20);

  const socket = new WebSocket(address() ?? '');
  await once(socket, 'open');
  let calls = 0;
  async function call(method: string, params: object = {}): Promise<unknown> {
    const id = ++calls;
    socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [{ data }] = (await once(socket, 'message')) as [{ data: string }];
      const answer = JSON.parse(data) as { id?: number; result?: unknown };
      if (answer.id === id) return answer.result;
    }
  }
  try {
    // Twice: what finalizers let go of is garbage only afterwards.
    for (const _ of [1, 2]) await call('HeapProfiler.collectGarbage');
    const { result } = (await call('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' })) as { result: { value: string } };
    const { heapUsed, rss } = JSON.parse(result.value) as NodeJS.MemoryUsage;
    return { heapBytes: heapUsed, residentBytes: rss };
  } finally {
    socket.close();
    await once(socket, 'close');
  }
}
