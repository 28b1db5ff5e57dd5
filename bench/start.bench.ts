import type { Forge } from '@forge/cli/src/forge.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from './server.ts';

const promised = { seconds: 10, megabytes: 700 };
const rounds = 3;
const idleSeconds = 10;

/**
 * How long `npm start` takes on databases that are there and filled, from the start of PostgreSQL to the ready line, and
 * how much memory its one process holds after ten seconds in which nobody asks.
 */
export async function run({ projectDir }: Forge): Promise<void> {
  const server = await startServer();
  try {
    // Migrates, and fills it.
    await stop(await up(projectDir, server.url));

    const seen: { seconds: number; megabytes: number }[] = [];
    for (let round = 1; round <= rounds; round++) {
      await server.end();
      const started = performance.now();
      await server.start();
      const child = await up(projectDir, server.url);
      const seconds = (performance.now() - started) / 1000;
      await sleep(idleSeconds * 1000);
      const megabytes = residentMegabytes(child);
      await stop(child);
      seen.push({ seconds, megabytes });
      console.log(`round ${round}: ready in ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB resident with nobody asking`);
    }
    const worst = { seconds: Math.max(...seen.map(({ seconds }) => seconds)), megabytes: Math.max(...seen.map(({ megabytes }) => megabytes)) };
    console.log(`worst of ${rounds}: ${worst.seconds.toFixed(2)} s of ${promised.seconds}, ${worst.megabytes.toFixed(0)} MB of ${promised.megabytes}`);
    if (worst.seconds > promised.seconds || worst.megabytes > promised.megabytes) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

async function up(projectDir: string, databaseUrl: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(projectDir, 'packages/cli/src/main.ts'), 'up'], { env: { DATABASE_URL: databaseUrl, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Forge Graph is ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`it ended before it was ready: ${output}`)));
  });
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGINT');
  await once(child, 'exit');
}

/** What the system counts as the process's own in memory: proc(5), VmRSS. */
function residentMegabytes({ pid }: ChildProcess): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
