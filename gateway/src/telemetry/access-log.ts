import type { Logger } from 'pino';
import type { OperationRecord } from './operation-record.ts';

const longestName = 100;

/**
 * A line for each operation, at `info`: who asked for what, how it ended, how long that took, what it cost. Never variables, the text of
 * a document or credentials; of a name as much as a person reads.
 */
export function createAccessLog(logger: Logger): (record: OperationRecord) => void {
  return ({ requestId, type, name, trusted, caller, outcome, status, seconds, cost, codes }) => {
    if (!logger.isLevelEnabled('info')) return;
    logger.info({
      requestId, type, operation: name?.slice(0, longestName), ...(trusted && { trusted }), ...caller, outcome, status, ms: Math.round(seconds * 10_000) / 10, cost,
      ...(codes.size > 0 && { codes: [...codes].slice(0, 10) }),
    }, 'operation');
  };
}
