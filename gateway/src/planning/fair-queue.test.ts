import { createFairQueue } from './fair-queue.ts';

function queueOf(room: number, ...items: string[]) {
  const queue = createFairQueue<string>(room);
  const gone = items.map((item) => queue.push(item.charAt(0), item));
  return { queue, gone };
}

test('askers take turns, each with what it brought first', () => {
  const { queue } = queueOf(10, 'a1', 'a2', 'a3', 'b1', 'c1', 'c2');
  expect([queue.length, Array.from({ length: 7 }, () => queue.shift())]).toEqual([6, ['a1', 'b1', 'c1', 'a2', 'c2', 'a3', undefined]]);
});

test('when there is no room, the last of whoever brought most has to go', () => {
  const { queue, gone } = queueOf(3, 'a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1', 'd1');
  expect([gone, queue.length, queue.drain()]).toEqual([[undefined, undefined, undefined, 'a4', 'a3', 'b2', 'a2', 'd1'], 3, ['a1', 'b1', 'c1']]);
});

test('what is put back is the next', () => {
  const { queue } = queueOf(4, 'a1', 'a2', 'b1');
  const first = queue.shift() ?? '';
  queue.unshift('a', first);
  expect(queue.drain()).toEqual(['a1', 'a2', 'b1']);
});

test('what is taken out makes room, once', () => {
  const { queue } = queueOf(2, 'a1', 'b1');
  expect([queue.remove('a', 'a1'), queue.remove('a', 'a1'), queue.push('c', 'c1'), queue.drain(), queue.length]).toEqual([true, false, undefined, ['b1', 'c1'], 0]);
});
