import { cronFault, nextTime } from './cron.ts';

test.each(['0 6 * * 1-5', '*/15 * * * *', '30 9 1 1,7 *'])('%s is a schedule', (expression) => expect(cronFault(expression)).toBeUndefined());

test.each([
  ['0 25 * * *', 'field 2, the hour, cannot be "25"'],
  ['0 6 * * funday', 'field 5, the day of week, cannot be "funday"'],
  ['0 6 * *', 'must have five fields (minute, hour, day of month, month, day of week); it has 4'],
  ['* * * * * *', 'must have five fields (minute, hour, day of month, month, day of week); it has 6'],
  ['0 0 31 2 *', 'never comes to pass'],
])('%s is refused with the place of the fault', (expression, fault) => expect(cronFault(expression)).toBe(fault));

test.each([
  ['0 6 * * *', '2026-11-23T05:59:59.999Z', '2026-11-23T06:00:00.000Z'],
  ['0 6 * * *', '2026-11-23T06:00:00.000Z', '2026-11-24T06:00:00.000Z'],
  ['0 6 * * *', '2026-11-23T06:00:00.001Z', '2026-11-24T06:00:00.000Z'],
  ['*/15 * * * *', '2026-12-31T23:45:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['30 2 * * *', '2026-03-29T00:00:00.000Z', '2026-03-29T02:30:00.000Z'],
  ['0 0 29 2 *', '2026-11-23T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
])('after %s, seen at %s, comes %s', (expression, time, next) => expect(nextTime(expression, new Date(time)).toISOString()).toBe(next));
