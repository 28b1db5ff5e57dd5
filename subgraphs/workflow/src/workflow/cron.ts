import { CronExpressionParser } from 'cron-parser';

const fields = ['minute', 'hour', 'day of month', 'month', 'day of week'];

/** What is wrong with a five-field cron expression, and at which field; undefined when nothing is. */
export function cronFault(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) return `must have five fields (${fields.join(', ')}); it has ${parts.length}`;
  const wrong = parts.findIndex((part, i) => !isCron(parts.map((_, j) => (i === j ? part : '*')).join(' ')));
  if (wrong >= 0) return `field ${wrong + 1}, the ${fields[wrong]}, cannot be "${parts[wrong]}"`;
  return isCron(expression) ? undefined : 'never comes to pass';
}

/** The first time after `time` that a five-field cron expression names, in UTC; never `time` itself. */
export function nextTime(expression: string, time: Date): Date {
  return CronExpressionParser.parse(expression, { tz: 'UTC', currentDate: time }).next().toDate();
}

function isCron(expression: string): boolean {
  try {
    // The next time must exist: the parser takes the 31st of February for one.
    nextTime(expression, new Date());
    return true;
  } catch {
    return false;
  }
}
