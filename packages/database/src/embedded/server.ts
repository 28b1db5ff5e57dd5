import { rmSync } from 'node:fs';
import { openCluster } from './cluster.ts';
import { findInstallation, type Installation } from './installation.ts';
import { findPostmaster } from './postmaster.ts';
import { runProgram } from './run-program.ts';
import { startPostmaster } from './start-postmaster.ts';
import { enterAsUser, type Leave } from './users.ts';

export interface EmbeddedServer {
  /** URL of the superuser on the database `postgres`. */
  readonly url: string;
  /** Ends the server in order, unless somebody else who started it still uses it: then it ends with the last of them. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The folder that the server has to itself. */
  home: string;
  /** For data that need not outlive the server: commits do not wait for the disk, and `stop` removes everything. */
  throwAway?: boolean;
}

/**
 * Starts the PostgreSQL of the npm package on a free port of the loopback interface. The second start finds the data of
 * the first, also after kill -9: a server that outlived its owner is taken over as it runs. Started more than once at a
 * time, by one process or several, it is one server that all of them share.
 */
export async function startEmbedded({ home, throwAway = false }: EmbeddedOptions): Promise<EmbeddedServer> {
  const installation = await findInstallation(home);
  const { data, password } = await openCluster(installation, throwAway);
  const { url, port, leave } = await use(installation, data, password, throwAway);
  const stop = async () => {
    await leave(() => end(installation, data)).catch((error: unknown) => {
      // One that has crashed, or that another is ending, needs no end.
      const there = findPostmaster(data);
      if (there?.ready && there.port === port) throw error;
    });
    // Retried, for one that is being ended by another writes until it is gone.
    if (throwAway) rmSync(installation.home, { recursive: true, force: true, maxRetries: 10 });
  };
  let stopped: Promise<void> | undefined;
  return { url, stop: () => (stopped ??= stop()) };
}

async function use(installation: Installation, data: string, password: string, throwAway: boolean): Promise<{ url: string; port: number; leave: Leave }> {
  for (let attempt = 1; ; attempt++) {
    const port = await startPostmaster(installation, data, throwAway);
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    try {
      return { url, port, leave: await enterAsUser(url) };
    } catch (error) {
      // Its last user may have been about to end it.
      if (attempt === 5) throw error;
    }
  }
}

async function end(installation: Installation, data: string): Promise<void> {
  await runProgram(installation, 'pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w']);
}
