import { startEmbedded, type EmbeddedServer } from '@forge/database';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BenchServer {
  /** Of the server as it was last started. */
  readonly url: string;
  start(): Promise<void>;
  /** Ends it and keeps its data. */
  end(): Promise<void>;
  /** Ends it and leaves nothing of it. */
  stop(): Promise<void>;
}

/** An empty PostgreSQL of the bench's own that writes as safely as the real one, started. */
export async function startServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'forge-bench-'));
  // As root the server runs under another account, which must be able to enter.
  chmodSync(folder, 0o755);
  let server: EmbeddedServer = await startEmbedded({ home: join(folder, 'postgres') });
  return {
    get url() {
      return server.url;
    },
    async start() {
      server = await startEmbedded({ home: join(folder, 'postgres') });
    },
    end: () => server.stop(),
    stop: () => server.stop().finally(() => rmSync(folder, { recursive: true })),
  };
}
