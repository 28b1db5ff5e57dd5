import { organisations } from './cast.ts';
import { makeFactories } from './factories/factories.ts';
import { unitsOf } from './money.ts';
import type { Row, Tables } from './rows.ts';
import { tellStory, type Story } from './story.ts';

let story: Story;
let tables: Tables;
beforeAll(() => {
  story = tellStory(new Date('2026-11-23T10:00:00.000Z'), organisations[0], 300);
  tables = makeFactories(story);
});

const rowsOf = (table: string): readonly Row[] => tables[table] ?? [];
const sum = (rows: readonly Row[]) => rows.reduce((total, { costCents }) => total + unitsOf(costCents as string), 0n);

test("a factory's token events are the calls that were made for it, and cost the same", () => {
  for (const id of story.cast.factories) {
    const events = rowsOf('factoryTokenEvents').filter(({ factoryId }) => factoryId === id);
    const calls = story.calls.filter(({ factoryId }) => factoryId === id);
    expect(events.map(({ tokenEventId }) => tokenEventId)).toEqual(calls.map((call) => call.id));
    expect(sum(events)).toBe(sum(calls));
  }
});

test("open work is with somebody on the factory's team, and its run is the factory's", () => {
  const places = new Set(rowsOf('factoryTeamMembers').filter(({ leftAt }) => leftAt === null).map(({ factoryId, workerId }) => `${factoryId as string} ${workerId as string}`));
  const assignments = rowsOf('factoryAssignments');
  const open = assignments.filter(({ status, assigneeId }) => status !== 'COMPLETE' && assigneeId !== null);
  expect(open.filter(({ factoryId, assigneeId }) => !places.has(`${factoryId as string} ${assigneeId as string}`))).toEqual([]);
  const factoryOfRun = new Map(story.runs.map(({ id, factoryId }) => [id, factoryId]));
  const begun = assignments.filter(({ runId }) => runId !== null);
  expect(begun.length).toBeGreaterThan(10);
  expect(begun.filter(({ runId, factoryId }) => factoryOfRun.get(runId) !== factoryId)).toEqual([]);
});
