/** The part of a Prisma transaction that is needed here. */
export interface JobTransaction {
  $queryRaw<T>(query: TemplateStringsArray, ...values: unknown[]): Promise<T>;
}

/**
 * Has a task of this domain run once the transaction is committed, and not at all when it is not; `runAt` says not before
 * when. A task that fails is tried again, later each time, 25 times.
 */
export async function addJob(tx: JobTransaction, task: string, payload: Readonly<Record<string, unknown>> = {}, runAt: Date | null = null): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS added FROM graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, run_at := ${runAt}::timestamptz)`;
}
