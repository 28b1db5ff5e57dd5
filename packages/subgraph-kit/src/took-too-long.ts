/** query_canceled: PostgreSQL manual, appendix A. Nobody but the statement's time limit cancels what somebody still waits for. */
const queryCanceled = '57014';

interface Cause {
  readonly originalCode?: string;
}

/** Whether PostgreSQL ended a statement because of its time limit: an error of pg's, or of Prisma's on a driver adapter. */
export function tookTooLong(error: unknown): boolean {
  const { code, meta, cause } = error as { code?: string; meta?: { driverAdapterError?: { cause?: Cause } }; cause?: Cause };
  return [code, meta?.driverAdapterError?.cause?.originalCode, cause?.originalCode].includes(queryCanceled);
}
