import { seedIfEmpty } from '@forge/demo-data';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);

let platform: TestPlatform;
beforeAll(async () => (platform = await startTestPlatform((urls) => seedIfEmpty({ urls, now: daysAgo(1), runs: 270 }))));
afterAll(() => platform.close());

interface Page {
  tokenEvents: { nodes: { id: string; occurredAt: string }[]; pageInfo: { endCursor: string | null; startCursor: string | null; hasNextPage: boolean; hasPreviousPage: boolean } };
}

const pages = `query ($first: Int, $after: String, $last: Int, $before: String) {
  tokenEvents(first: $first, after: $after, last: $last, before: $before) { nodes { id occurredAt } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }
}`;

/** Every event from one end to the other, the newest first whichever way they were paged. */
async function pageThrough(direction: 'forwards' | 'backwards'): Promise<Page['tokenEvents']['nodes']> {
  const read: Page['tokenEvents']['nodes'][] = [];
  let cursor: string | null = null;
  for (;;) {
    const { tokenEvents: { nodes, pageInfo } }: Page = await platform.data(pages, direction === 'forwards' ? { first: 100, after: cursor } : { last: 100, before: cursor });
    read[direction === 'forwards' ? 'push' : 'unshift'](nodes);
    cursor = direction === 'forwards' ? pageInfo.endCursor : pageInfo.startCursor;
    if (!(direction === 'forwards' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return read.flat();
  }
}

test('paging 10,000 token events forwards and backwards while others come in meets each that was there exactly once, in order', async () => {
  const before = await pageThrough('forwards');
  expect(before.length).toBeGreaterThan(10_000);
  const there = new Set(before.map(({ id }) => id));

  const { modelPrices } = await platform.data<{ modelPrices: { nodes: { modelId: string }[] } }>('{ modelPrices(first: 1) { nodes { modelId } } }');
  const paging = new AbortController();
  let inserted = 0;
  const inserting = (async () => {
    while (!paging.signal.aborted) {
      // All over the time that is being paged through, before the reader and behind.
      const events = Array.from({ length: 10 }, () => ({ idempotencyKey: `new-${inserted++}`, occurredAt: daysAgo(1 + Math.random() * 85).toISOString(), modelId: modelPrices.nodes[0]?.modelId, inputTokens: 10, outputTokens: 1 }));
      const { recordTokenEvents } = await platform.data<{ recordTokenEvents: { createdCount: number } }>('mutation ($input: RecordTokenEventsInput!) { recordTokenEvents(input: $input) { createdCount } }', { input: { events } });
      expect(recordTokenEvents.createdCount).toBe(10);
    }
  })();

  const forwards = await pageThrough('forwards');
  const backwards = await pageThrough('backwards');
  paging.abort();
  await inserting;

  for (const read of [forwards, backwards]) {
    expect(read.filter(({ id }) => there.has(id))).toEqual(before);
    expect(read.map(({ id }) => id)).toHaveLength(new Set(read.map(({ id }) => id)).size);
    expect(read.map(({ occurredAt }) => occurredAt)).toEqual(read.map(({ occurredAt }) => occurredAt).toSorted().toReversed());
  }
  expect(backwards.length).toBeGreaterThan(before.length + 100);
});
