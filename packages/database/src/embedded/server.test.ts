import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from '../fixture/folder.ts';
import { withClient } from '../with-client.ts';
import { findInstallation } from './installation.ts';
import { startEmbedded, type EmbeddedServer } from './server.ts';

const folder = aFolder();
const home = join(folder.path, 'postgres');
const pidFile = join(home, 'cluster/data/postmaster.pid');
afterAll(() => folder.remove());

const started: EmbeddedServer[] = [];
const processes: ChildProcess[] = [];
afterEach(async () => {
  for (const child of processes.splice(0)) await killed(child);
  for (const server of started.splice(0)) await server.stop();
});

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbedded({ home });
  started.push(server);
  return server;
}

/** The server started by another process, which goes on using it. */
async function startElsewhere(): Promise<{ url: string; child: ChildProcess }> {
  const program = `import { startEmbedded } from '${import.meta.dirname}/server.ts'; console.log((await startEmbedded({ home: process.argv[1] })).url); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), child };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function postmaster(): number {
  return Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
}

async function rows(url: string, text: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(text)).rows);
}

test('an empty folder becomes a server; started again after its end, it has the data', async () => {
  const first = await start();
  await rows(first.url, `CREATE TABLE kept AS SELECT 'before' AS written`);
  await first.stop();
  await expect(rows(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  expect(existsSync(pidFile)).toBe(false);

  const second = await start();
  expect(await rows(second.url, 'SELECT written FROM kept')).toEqual([{ written: 'before' }]);
  expect(readdirSync(home).sort()).toEqual(['cluster', 'log']);
});

test('after kill -9 of the server it starts again with what was committed', async () => {
  const first = await start();
  await rows(first.url, `CREATE TABLE committed AS SELECT 1 AS n`);
  process.kill(postmaster(), 'SIGKILL');

  const second = await start();
  expect(await rows(second.url, 'SELECT n FROM committed')).toEqual([{ n: 1 }]);
  await second.stop();
  await first.stop();
  expect(existsSync(pidFile)).toBe(false);
});

test('that the number of the killed server belongs to another process by now does not hinder the start', async () => {
  const first = await start();
  process.kill(postmaster(), 'SIGKILL');
  const lock = readFileSync(pidFile, 'utf8');
  const { account } = await findInstallation(home);
  const other = spawn('sleep', ['60'], { ...account, stdio: 'ignore' });
  processes.push(other);
  writeFileSync(pidFile, lock.replace(/^\d+/, String(other.pid)));

  const second = await start();
  expect(await rows(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await first.stop();
});

test('a server whose process was killed with -9 is taken over as it runs, and ends with its new user', async () => {
  const { url, child } = await startElsewhere();
  const pid = postmaster();
  await killed(child);

  const server = await start();
  expect(server.url).toBe(url);
  expect(postmaster()).toBe(pid);
  await server.stop();
  await expect(rows(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

test('two processes that start it at once share one server; it ends with the last of them, not with the first', async () => {
  const [here, elsewhere] = await Promise.all([start(), startElsewhere()]);
  expect(elsewhere.url).toBe(here.url);
  await here.stop();
  expect(await rows(elsewhere.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);

  await killed(elsewhere.child);
  await (await start()).stop();
  expect(existsSync(pidFile)).toBe(false);
});

test('an empty folder in which three start at once becomes one server', async () => {
  const empty = aFolder();
  const servers = await Promise.all([1, 2, 3].map(() => startEmbedded({ home: join(empty.path, 'postgres') })));
  expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
  expect(readdirSync(join(empty.path, 'postgres')).sort()).toEqual(['cluster', 'log']);
  await servers[0]?.stop();
  expect(await rows(servers[1]?.url ?? '', 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await Promise.all(servers.map((server) => server.stop()));
  await expect(rows(servers[1]?.url ?? '', 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  empty.remove();
});

test('to stop twice, or what has crashed, is no fault', async () => {
  const server = await start();
  await server.stop();
  await server.stop();

  const crashed = await start();
  process.kill(postmaster(), 'SIGKILL');
  await crashed.stop();
});

test('root lends the server to another account; an ordinary user runs it as himself', async () => {
  await start();
  const { account } = await findInstallation(home);
  const { uid } = statSync(pidFile);
  if (process.getuid?.() === 0) {
    expect(uid).toBe(account?.uid);
    expect(uid).not.toBe(0);
  } else {
    expect(account).toBeUndefined();
    expect(uid).toBe(process.getuid?.());
  }
});

test('a throw-away server starts in a folder that only its owner may enter, and leaves nothing', async () => {
  const closed = aFolder();
  chmodSync(closed.path, 0o700);
  const wanted = join(closed.path, 'postgres');
  const server = await startEmbedded({ home: wanted, throwAway: true });
  expect(await rows(server.url, 'SHOW fsync')).toEqual([{ fsync: 'off' }]);
  const { home: found } = await findInstallation(wanted);
  await server.stop();
  expect(existsSync(found)).toBe(false);
  closed.remove();
});

test('a folder deleted and made anew at the same path begins anew, wherever its data had been', async () => {
  const closed = aFolder();
  chmodSync(closed.path, 0o700);
  const wanted = join(closed.path, 'postgres');
  const first = await findInstallation(wanted);
  expect(await findInstallation(wanted)).toEqual(first);
  rmSync(wanted, { recursive: true });
  const second = await findInstallation(wanted);
  // An ordinary user's data are in the folder itself, and gone with it.
  expect(second.home === first.home).toBe(process.getuid?.() !== 0);
  for (const { home: place } of [first, second]) rmSync(place, { recursive: true, force: true });
  closed.remove();
});

test('a server that does not start is told with its reason and the place of its log', async () => {
  const broken = aFolder();
  const wanted = join(broken.path, 'postgres');
  await (await startEmbedded({ home: wanted })).stop();
  writeFileSync(join(wanted, 'cluster/data/PG_VERSION'), '9.6\n');
  await expect(startEmbedded({ home: wanted })).rejects.toThrow(/PostgreSQL did not start: FATAL: .*incompatible with server.* Its log is .*postgres\/log/);
  broken.remove();
});
