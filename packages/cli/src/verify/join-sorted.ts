interface Keyed {
  readonly orgId: string;
  readonly id: string;
}

/**
 * Each row of `left` with the row of `right` that has the same orgId and id, if there is one. Both come page by page in the order of
 * orgId and id, byte by byte (`COLLATE "C"`), so that no more than a page of each is in memory.
 */
export async function* joinSorted<L extends Keyed, R extends Keyed>(left: AsyncGenerator<L[]>, right: AsyncGenerator<R[]>): AsyncGenerator<readonly [L, R | undefined]> {
  const others = rowsOf(right);
  try {
    let other = await others.next();
    for await (const row of rowsOf(left)) {
      while (!other.done && isBefore(other.value, row)) other = await others.next();
      yield [row, !other.done && !isBefore(row, other.value) ? other.value : undefined];
    }
  } finally {
    await others.return(undefined);
  }
}

async function* rowsOf<Row>(pages: AsyncGenerator<Row[]>): AsyncGenerator<Row, undefined> {
  for await (const page of pages) yield* page;
}

function isBefore(a: Keyed, b: Keyed): boolean {
  return a.orgId < b.orgId || (a.orgId === b.orgId && a.id < b.id);
}
