import { cronFault } from './cron.ts';

test.each(['0 6 * * 1-5', '*/15 * * * *', '30 9 1 1,7 *'])('%s is a schedule', (expression) => expect(cronFault(expression)).toBeUndefined());

test.each([
  ['0 25 * * *', 'field 2, the hour, cannot be "25"'],
  ['0 6 * * funday', 'field 5, the day of week, cannot be "funday"'],
  ['0 6 * *', 'must have five fields (minute, hour, day of month, month, day of week); it has 4'],
  ['* * * * * *', 'must have five fields (minute, hour, day of month, month, day of week); it has 6'],
  ['0 0 31 2 *', 'never comes to pass'],
])('%s is refused with the place of the fault', (expression, fault) => expect(cronFault(expression)).toBe(fault));
