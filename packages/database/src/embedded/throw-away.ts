import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded, type EmbeddedServer } from './server.ts';

/** An empty server of one's own, fast and without lasting data; `stop` leaves nothing of it. */
export async function startThrowAway(): Promise<EmbeddedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'forge-postgres-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // As root the server runs under another account, which must be able to enter.
  chmodSync(folder, 0o755);
  try {
    const server = await startEmbedded({ home: join(folder, 'postgres'), throwAway: true });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
