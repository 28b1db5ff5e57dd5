import { OperatorError } from '@forge/config';
import { pino } from 'pino';
import { createReleases, type ReleaseOptions } from './releases.ts';
import { supergraphId } from './supergraph.ts';

interface Release {
  readonly sdl: string;
  open: boolean;
}

/** Releases whose building can be held up, and which refuse what is `bad`. */
async function start(options: Partial<ReleaseOptions<Release, string>> = {}) {
  const built: Release[] = [];
  const gate = { opens: Promise.resolve() };
  const releases = await createReleases<Release, string>('first', {
    async build(sdl) {
      await gate.opens;
      if (sdl.startsWith('bad')) throw new OperatorError(`${sdl} is no supergraph`);
      built.push({ sdl, open: true });
      return built.at(-1) as Release;
    },
    warm: async (next, previous) => `${next.sdl} after ${previous.sdl}`,
    retire: async (release) => { release.open = false; },
    logger: pino({ level: 'silent' }),
    ...options,
  });
  return { releases, built, gate, stillOpen: () => built.filter(({ open }) => open).map(({ sdl }) => sdl) };
}

test('another supergraph takes the place of the first, warmed', async () => {
  const { releases, stillOpen } = await start();
  expect(await releases.replace('second')).toEqual({ kind: 'replaced', id: supergraphId('second'), previous: supergraphId('first'), warmed: 'second after first' });
  expect(releases.current().sdl).toBe('second');
  expect(releases.describe()).toMatchObject({ id: supergraphId('second'), sdl: 'second' });
  expect(stillOpen()).toEqual(['second']);
});

test('the same supergraph changes nothing', async () => {
  const { releases, built } = await start();
  expect(await releases.replace('first')).toEqual({ kind: 'same', id: supergraphId('first') });
  expect(built).toHaveLength(1);
});

test('a bad supergraph is refused with the reason, and the present one stays', async () => {
  const { releases, stillOpen } = await start();
  await expect(releases.replace('bad')).rejects.toThrow('bad is no supergraph');
  expect(releases.current()).toEqual({ sdl: 'first', open: true });
  expect(stillOpen()).toEqual(['first']);
});

test('a request stays with the release it began with, which is closed when the last has gone', async () => {
  const { releases, stillOpen } = await start();
  const leases = [releases.lease(), releases.lease()];
  await releases.replace('second');
  expect(releases.lease().release.sdl).toBe('second');
  leases[0]?.done();
  leases[0]?.done();
  await new Promise(setImmediate);
  expect(leases[1]?.release).toEqual({ sdl: 'first', open: true });
  leases[1]?.done();
  await new Promise(setImmediate);
  expect(stillOpen()).toEqual(['second']);
});

test('a request that never ends keeps its release open only so long', async () => {
  const { releases, stillOpen } = await start({ keepMilliseconds: 20 });
  releases.lease();
  await releases.replace('second');
  expect(stillOpen()).toEqual(['first', 'second']);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(stillOpen()).toEqual(['second']);
});

test('of those that wait only the newest is used, and requests notice nothing', async () => {
  const { releases, built, gate } = await start();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.opens = promise;
  const answers = Promise.all(['second', 'third', 'fourth', 'fifth'].map((sdl) => releases.replace(sdl)));
  const seen = new Set<string>();
  for (let i = 0; i < 200; i += 1) {
    const lease = releases.lease();
    await new Promise(setImmediate);
    expect(lease.release.open).toBe(true);
    seen.add(lease.release.sdl);
    lease.done();
    if (i === 50) resolve();
  }
  expect((await answers).map(({ kind }) => kind)).toEqual(['replaced', 'overtaken', 'overtaken', 'replaced']);
  expect(built.map(({ sdl }) => sdl)).toEqual(['first', 'second', 'fifth']);
  expect([...seen]).toEqual(expect.arrayContaining(['first', 'fifth']));
});

test('when the newest is bad, the one before has its turn', async () => {
  const { releases } = await start();
  const [second, third, bad] = await Promise.allSettled([releases.replace('second'), releases.replace('third'), releases.replace('bad')]);
  expect([second, third, bad]).toMatchObject([{ value: { kind: 'replaced' } }, { value: { kind: 'replaced' } }, { reason: { message: 'bad is no supergraph' } }]);
  expect(releases.current().sdl).toBe('third');
});

test('what is only tried is built, warmed, judged and closed', async () => {
  const { releases, built, stillOpen } = await start();
  expect(await releases.replace('second', { dryRun: true })).toMatchObject({ kind: 'checked', warmed: 'second after first' });
  expect(built.map(({ sdl }) => sdl)).toEqual(['first', 'second']);
  expect(stillOpen()).toEqual(['first']);
});

test('what came of warming can be a reason to refuse', async () => {
  const { releases, stillOpen } = await start();
  const approve = (warmed: string) => { throw new OperatorError(`not ${warmed}`); };
  await expect(releases.replace('second', { approve })).rejects.toThrow('not second after first');
  expect(stillOpen()).toEqual(['first']);
});

test('closing retires all there is, whoever is still with it', async () => {
  const { releases, stillOpen } = await start();
  releases.lease();
  await releases.replace('second');
  await releases.close();
  expect(stillOpen()).toEqual([]);
  await expect(releases.replace('third')).rejects.toThrow('closing');
});
