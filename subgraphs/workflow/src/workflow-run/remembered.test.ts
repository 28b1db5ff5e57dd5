import { attemptsAt, handoffsOf, type Tried } from './remembered.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const attempt = (id: string, status: string, keys: Partial<Tried> = {}): Tried => {
  const [stepId = '', number] = id.split(' ');
  return { id, stepId, attempt: Number(number), status, startedAt: null, clearedAt: null, ...keys };
};
const keptOf = (attempts: readonly Tried[], minute: number, completed: string[], skipped: string[] = [], dependencies: Record<string, string[]> = {}) =>
  attemptsAt(attempts, { completedStepIds: completed, skippedStepIds: skipped, createdAt: at(minute) }, (stepId) => dependencies[stepId] ?? []).map(({ id }) => id);

test('what was done by then is kept with the tries that had failed, what came later is not', () => {
  const attempts = [attempt('a 1', 'FAILED'), attempt('a 2', 'COMPLETED'), attempt('b 1', 'COMPLETED'), attempt('c 1', 'RUNNING')];
  expect(keptOf(attempts, 5, ['a'])).toEqual(['a 1', 'a 2']);
  expect(keptOf(attempts, 5, ['a', 'b'])).toEqual(['a 1', 'a 2', 'b 1']);
  expect(keptOf(attempts, 5, [])).toEqual([]);
});

test('of a step that was rewound and done again the time that the checkpoint saw is kept', () => {
  const attempts = [attempt('a 1', 'COMPLETED', { clearedAt: at(3) }), attempt('a 2', 'COMPLETED', { clearedAt: at(6) }), attempt('a 3', 'COMPLETED')];
  expect(keptOf(attempts, 2, ['a'])).toEqual(['a 1']);
  expect(keptOf(attempts, 3, ['a'])).toEqual(['a 2']);
  expect(keptOf(attempts, 5, ['a'])).toEqual(['a 2']);
  expect(keptOf(attempts, 7, ['a'])).toEqual(['a 3']);
});

test('of a step that a delegated run did several times as many are kept as the checkpoint saw', () => {
  const attempts = [attempt('a 1', 'COMPLETED'), attempt('a 2', 'FAILED'), attempt('a 3', 'COMPLETED'), attempt('a 4', 'CANCELLED')];
  expect(keptOf(attempts, 5, ['a'])).toEqual(['a 1']);
  expect(keptOf(attempts, 5, ['a', 'b', 'a'])).toEqual(['a 1', 'a 2', 'a 3']);
});

test('what was left out by its condition is kept; what was left out for a failure is open again, however far behind it', () => {
  const dependencies = { no: ['a'], lost: ['bad'], far: ['lost', 'a'] };
  const attempts = [attempt('a 1', 'COMPLETED'), attempt('bad 1', 'FAILED'), attempt('no 1', 'SKIPPED'), attempt('lost 1', 'SKIPPED'), attempt('far 1', 'SKIPPED')];
  expect(keptOf(attempts, 5, ['a'], ['far', 'no', 'lost'], dependencies)).toEqual(['a 1', 'no 1']);
});

test('handoffs go with the attempt that made them, and by their time where none did', () => {
  const all = [attempt('a 1', 'COMPLETED', { startedAt: at(1) }), attempt('a 2', 'COMPLETED', { startedAt: at(5) })];
  const handoffs = [['first', 'a', 2], ['second', 'a', 6], ['early', 'x', 2], ['late', 'x', 6]].map(([id, fromStepId, minute]) => ({ id, fromStepId: fromStepId as string, createdAt: at(minute as number) }));
  expect(handoffsOf(handoffs, { all, kept: all.slice(0, 1), time: at(3) }).map(({ id }) => id)).toEqual(['first', 'early']);
  expect(handoffsOf(handoffs, { all, kept: all, time: at(7) }).map(({ id }) => id)).toEqual(['first', 'second', 'early', 'late']);
  expect(handoffsOf(handoffs, { all, kept: [], time: at(3) }).map(({ id }) => id)).toEqual(['early']);
});
