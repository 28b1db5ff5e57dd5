import { periodStartAt } from './period.ts';

test.each([
  ['DAILY', '2026-11-23T23:59:59.999Z', '2026-11-23T00:00:00.000Z'],
  ['DAILY', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  ['WEEKLY', '2026-11-23T10:00:00.000Z', '2026-11-22T00:00:00.000Z'],
  ['WEEKLY', '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
  ['WEEKLY', '2027-01-02T12:00:00.000Z', '2026-12-27T00:00:00.000Z'],
  ['MONTHLY', '2026-11-30T23:59:59.999Z', '2026-11-01T00:00:00.000Z'],
] as const)('the %s period of %s began at %s', (period, time, start) => expect(periodStartAt(period, new Date(time)).toISOString()).toBe(start));
