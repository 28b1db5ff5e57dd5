import type { BudgetPeriod } from '../generated/graphql.ts';

/** When the period that `time` lies in began: 00:00 UTC, of the day, of Sunday, or of the 1st. */
export function periodStartAt(period: BudgetPeriod, time: Date): Date {
  const [year, month, date] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  switch (period) {
    case 'DAILY': return new Date(Date.UTC(year, month, date));
    case 'WEEKLY': return new Date(Date.UTC(year, month, date - time.getUTCDay()));
    case 'MONTHLY': return new Date(Date.UTC(year, month, 1));
  }
}
