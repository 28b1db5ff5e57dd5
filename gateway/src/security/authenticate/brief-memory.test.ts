import { setTimeout } from 'node:timers/promises';
import { rememberBriefly, type BriefMemoryOptions } from './brief-memory.ts';

interface Found {
  readonly name: string;
  readonly expiresAt: number;
}

const begin = 1_790_000_000_000;

/** A place where things are found by hash, which can be slow, gone or wrong, a clock, and a memory of what was found there. */
function aPlace(options: BriefMemoryOptions = {}) {
  const place = {
    things: new Map<string, Found>(),
    clock: begin,
    asked: [] as string[],
    underWay: 0,
    mostUnderWay: 0,
    /** What every answer waits for. */
    gate: Promise.resolve() as Promise<unknown>,
    down: false,
    put: (hash: string, expiresAt = Infinity) => place.things.set(hash, { name: hash, expiresAt }),
    after(milliseconds: number) {
      place.clock = begin + milliseconds;
    },
  };
  const find = rememberBriefly(async (hash) => {
    place.asked.push(hash);
    place.underWay += 1;
    place.mostUnderWay = Math.max(place.mostUnderWay, place.underWay);
    const found = place.things.get(hash) ?? null;
    try {
      await place.gate;
      if (place.down) throw new Error('connect ECONNREFUSED');
      return found;
    } finally {
      place.underWay -= 1;
    }
  }, { now: () => place.clock, ...options });
  return { place, find: async (hash: string) => find(hash) };
}

test('what was found is known for three seconds, and then looked up again', async () => {
  const { place, find } = aPlace();
  place.put('a');
  for (const milliseconds of [0, 1, 2_999]) {
    place.after(milliseconds);
    expect(await find('a')).toMatchObject({ name: 'a' });
  }
  expect(place.asked).toEqual(['a']);
  place.after(3_000);
  await find('a');
  expect(place.asked).toEqual(['a', 'a']);
});

test('what is gone is found no more after three seconds, not even while the place is away', async () => {
  const { place, find } = aPlace();
  place.put('a');
  await find('a');
  place.things.delete('a');
  place.after(2_999);
  expect(await find('a')).toMatchObject({ name: 'a' });
  place.after(3_000);
  place.down = true;
  await expect(find('a')).rejects.toThrow('cannot be told at the moment');
  place.down = false;
  expect(await find('a')).toBeNull();
});

test('the three seconds begin with the look-up, since it may be gone while the answer is on its way', async () => {
  const { place, find } = aPlace();
  const { promise, resolve } = Promise.withResolvers<void>();
  place.put('a');
  place.gate = promise;
  const answer = find('a');
  place.things.delete('a');
  place.after(1_400);
  resolve();
  expect(await answer).toMatchObject({ name: 'a' });
  place.after(2_999);
  expect(await find('a')).toMatchObject({ name: 'a' });
  place.after(3_000);
  expect(await find('a')).toBeNull();
});

test('that there is nothing is known for one second', async () => {
  const { place, find } = aPlace();
  expect(await find('a')).toBeNull();
  place.put('a');
  place.after(999);
  expect(await find('a')).toBeNull();
  place.after(1_000);
  expect(await find('a')).toMatchObject({ name: 'a' });
  expect(place.asked).toEqual(['a', 'a']);
});

test('what expires is known until then at most', async () => {
  const { place, find } = aPlace();
  place.put('a', begin + 500);
  place.after(499);
  expect(await find('a')).toMatchObject({ name: 'a' });
  place.after(500);
  expect(await find('a')).toBeNull();
});

test('twenty who ask for the same at once make one look-up', async () => {
  const { place, find } = aPlace();
  place.put('a');
  const answers = await Promise.all(Array.from({ length: 20 }, () => find('a')));
  expect(new Set(answers)).toEqual(new Set([place.things.get('a')]));
  expect(place.asked).toEqual(['a']);
});

test('a failure is told to all who wait, and remembered by nobody', async () => {
  const { place, find } = aPlace();
  place.put('a');
  place.down = true;
  const outcomes = await Promise.allSettled([find('a'), find('a')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(outcomes[0]).toMatchObject({ reason: { name: 'AuthenticationUnavailableError', statusCode: 503, cause: { message: 'connect ECONNREFUSED' } } });
  place.down = false;
  expect(await find('a')).toMatchObject({ name: 'a' });
});

test('nobody waits longer than the time that a look-up has, also if it never ends', async () => {
  const { place, find } = aPlace({ timeoutMilliseconds: 20, concurrent: 1, waiting: 1 });
  place.put('a');
  place.gate = new Promise(() => undefined);
  const [running, waiting] = await Promise.allSettled([find('a'), find('b')]);
  for (const outcome of [running, waiting]) expect(outcome).toMatchObject({ reason: { name: 'AuthenticationUnavailableError', cause: { name: 'TimeoutError' } } });
  place.gate = Promise.resolve();
  expect(await find('a')).toMatchObject({ name: 'a' });
});

test('a flood of made-up keys is looked up few at a time, and told to come again when too many wait', async () => {
  const { place, find } = aPlace({ concurrent: 4, waiting: 10 });
  place.gate = setTimeout(20);
  const outcomes = await Promise.allSettled(Array.from({ length: 100 }, (_, i) => find(`made up ${i}`)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(14);
  expect(outcomes.at(-1)).toMatchObject({ reason: { name: 'AuthenticationUnavailableError', message: 'Too many keys are being looked up at the moment. Try again.' } });
  expect([place.asked.length, place.mostUnderWay]).toEqual([14, 4]);
});

test('such a flood keeps nobody waiting whose key was good a while ago', async () => {
  const { place, find } = aPlace({ concurrent: 2, waiting: 2 });
  place.put('good');
  await find('good');
  place.after(60_000);
  const { promise, resolve } = Promise.withResolvers<void>();
  place.gate = promise;
  const flood = Promise.allSettled(Array.from({ length: 50 }, (_, i) => find(`made up ${i}`)));
  place.gate = Promise.resolve();
  expect(await find('good')).toMatchObject({ name: 'good' });
  resolve();
  await flood;
});

test('such a flood pushes nothing out of memory that is good', async () => {
  const { place, find } = aPlace({ remembered: 10 });
  place.put('good');
  await find('good');
  for (let i = 0; i < 20; i++) await find(`made up ${i}`);
  await find('good');
  expect(place.asked.filter((hash) => hash === 'good')).toEqual(['good']);
});

test('memory is bounded: what was not used for longest is looked up again', async () => {
  const { place, find } = aPlace({ remembered: 10 });
  for (let i = 0; i <= 10; i++) {
    place.put(`good ${i}`);
    await find(`good ${i}`);
  }
  place.asked.length = 0;
  await find('good 10');
  await find('good 0');
  expect(place.asked).toEqual(['good 0']);
});
