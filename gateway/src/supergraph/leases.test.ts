import { getEventListeners } from 'node:events';
import { holdRelease } from './leases.ts';

const hold = () => holdRelease('release', { id: 'id', sdl: '' });

test('it is vacated when the last who is with it leaves, and leaves nothing at the signal that would hold it', async () => {
  const held = hold();
  const { signal } = new AbortController();
  const [one, other] = [held.lease(), held.lease()];
  let isVacated = false;
  const vacated = held.vacated(signal).then(() => { isVacated = true; });
  one.done();
  one.done();
  await Promise.resolve();
  expect(isVacated).toBe(false);
  other.done();
  await vacated;
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('it is vacated at once when nobody is with it, and when there is no more time', async () => {
  await hold().vacated(new AbortController().signal);
  const held = hold();
  held.lease();
  const patience = new AbortController();
  const vacated = held.vacated(patience.signal);
  patience.abort();
  await vacated;
});
