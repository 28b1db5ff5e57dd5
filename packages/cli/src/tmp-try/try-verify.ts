import { startThrowAway } from '@forge/database';
import { seedIfEmpty } from '@forge/demo-data';
import { openPlatform } from '../platform.ts';
import { verify } from '../verify/verify.ts';
import { join } from 'node:path';
const projectDir = join(import.meta.dirname, '../../../..');
const server = await startThrowAway();
try {
  const { urls } = await openPlatform({ projectDir, env: { DATABASE_URL: server.url } }, () => undefined);
  await seedIfEmpty({ urls, onProgress: console.log, runs: Number(process.argv[2] ?? 200), ...(process.argv[3] && { now: new Date(process.argv[3]) }) });
  const t = performance.now();
  const found = await verify({ urls, waitSeconds: 0, say: console.log });
  console.log(performance.now() - t, 'ms', process.memoryUsage().rss / 1e6, 'MB');
} finally {
  await server.stop();
}
