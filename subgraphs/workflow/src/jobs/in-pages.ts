const pageSize = 200;

/**
 * Does something to each of many rows, in pages, until `take` (which answers up to `limit` rows that are due and not among
 * `failed`) finds nothing new. Each is a transaction of its own, so what one breaks does not hold back the others; what was
 * wrong is thrown in the end. Answers how many were done.
 */
export async function inPages<Row extends { readonly id: string }>(take: (limit: number, failed: readonly string[]) => Promise<readonly Row[]>, act: (row: Row) => Promise<unknown>): Promise<number> {
  const done = new Set<string>();
  const failed: string[] = [];
  const errors: unknown[] = [];
  for (;;) {
    const page = (await take(pageSize, failed)).filter(({ id }) => !done.has(id));
    if (page.length === 0) break;
    for (const row of page) {
      try {
        await act(row);
        done.add(row.id);
      } catch (error) {
        errors.push(error);
        failed.push(row.id);
      }
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${done.size + errors.length} failed: ${String(errors[0])}`);
  return done.size;
}
