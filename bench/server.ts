import { startEmbedded, type EmbeddedServer } from '@forge/database';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty PostgreSQL of the bench's own that writes as safely as the real one; `stop` leaves nothing of it. */
export async function startServer(): Promise<EmbeddedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'forge-bench-'));
  // As root the server runs under another account, which must be able to enter.
  chmodSync(folder, 0o755);
  const server = await startEmbedded({ home: join(folder, 'postgres') });
  return { url: server.url, stop: () => server.stop().finally(() => rmSync(folder, { recursive: true })) };
}
