import { joinSorted } from './join-sorted.ts';

async function* pages<Row>(rows: readonly Row[], size: number) {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}

const row = (key: string) => ({ orgId: key.slice(0, 1), id: key.slice(1) });

test.each([1, 2, 5])('rows are met with those of the same organisation and id, over pages of %i', async (size) => {
  const [left, right] = [['a1', 'a2', 'a4', 'b1', 'b3', 'c1'], ['a0', 'a2', 'a3', 'a4', 'a9', 'b2', 'b3', 'd1']];
  const met: [string, string | undefined][] = [];
  for await (const [one, other] of joinSorted(pages(left.map(row), size), pages(right.map((key) => ({ ...row(key), is: key })), size))) met.push([one.orgId + one.id, other?.is]);
  expect(met).toEqual([['a1', undefined], ['a2', 'a2'], ['a4', 'a4'], ['b1', undefined], ['b3', 'b3'], ['c1', undefined]]);
});
