import type { BudgetPeriod } from './envelopes.ts';
import { after, day } from '../rows.ts';

/** When the period that `time` lies in began: 00:00 UTC, of the day, of Sunday, of the 1st. */
export function startOfPeriod(period: BudgetPeriod, time: Date): Date {
  const back = period === 'WEEKLY' ? time.getUTCDay() : 0;
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), period === 'MONTHLY' ? 1 : time.getUTCDate() - back));
}

/** The starts of all periods that began after `from`, and no later than `to`. */
export function periodStartsBetween(period: BudgetPeriod, from: Date, to: Date): Date[] {
  const starts: Date[] = [];
  // 32 days after the 1st is in the next month; a day and a week are what they are.
  const stride = { DAILY: day, WEEKLY: 7 * day, MONTHLY: 32 * day }[period];
  for (let start = startOfPeriod(period, after(startOfPeriod(period, from), stride)); start <= to; start = startOfPeriod(period, after(start, stride))) starts.push(start);
  return starts;
}
