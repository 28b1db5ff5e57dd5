import { scopes } from '@forge/auth';
import { seedIfEmpty } from '@forge/demo-data';
import { createRegistry } from '@forge/telemetry';
import { readFileSync } from 'node:fs';
import { readDecided } from './access/decided.ts';
import type { Finding, Verdict } from './access/judge.ts';
import { principals } from './access/principals.ts';
import { manners } from './access/questions.ts';
import { seenBy } from './access/routes.ts';
import { digestRows } from './access/rows.ts';
import { describeAccess, tableFile, toRewrite } from './access/table.ts';
import { startWalk, type Walk } from './access/walk.ts';
import { findWorld, type World } from './access/world.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

const decided = readDecided();
const registry = createRegistry();
const names = [...principals('').keys()];
let platform: TestPlatform;
let world: World;
let walk: Walk;
let rows: Awaited<ReturnType<typeof digestRows>>;
beforeAll(async () => {
  platform = await startTestPlatform((urls) => seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z'), runs: 60 }), { registry, rate: { limit: 1_000_000_000, store: 'memory' } });
  world = await findWorld(decided, platform);
  walk = startWalk(decided, world, platform);
  rows = await digestRows(platform.urls);
}, 180_000);
afterAll(() => platform.close());

const principal = (name: string) => {
  const found = principals(world.gatewayId).get(name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};

test(`the table in the repository says what the supergraph decides; \`${toRewrite}\` writes it`, () => {
  expect(readFileSync(tableFile, 'utf8')).toBe(describeAccess(decided));
});

test('among the principals there is one for each scope, with that alone', () => {
  const alone = [...principals('').values()].flatMap((each) => (each.scopes.length === 1 ? each.scopes : []));
  expect(alone.sort()).toEqual([...scopes].sort());
});

let walked = 0;

/** The best that became of each field: it may be out of reach one way, and not the other. */
function bestOf(findings: readonly Finding[]): Readonly<Record<string, Verdict>> {
  const order: readonly Verdict[] = ['out of reach', 'refused', 'open'];
  const worstFirst = findings.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return Object.fromEntries(worstFirst.map(({ field, verdict }) => [field, verdict]));
}

test.each(names)('%s gets every field that is open, one way and the other, and no other field', async (name) => {
  const { findings, faults } = await walk.as(principal(name));
  expect(faults).toEqual([]);
  const seen = seenBy(decided, principal(name).scopes);
  const expected = Object.fromEntries(decided.names.map((field): [string, Verdict] => [field, seen.fields.has(field) ? 'open' : seen.routes.has(field.split('.')[0] ?? '') ? 'refused' : 'out of reach']));
  for (const manner of manners) {
    const found = bestOf(findings.filter((finding) => finding.manner === manner));
    expect(found).toEqual(expected);
    walked += Object.keys(found).length;
  }
});

test('that was every field for every principal, and nothing has changed', async () => {
  expect(decided.names.length).toBeGreaterThan(2_000);
  expect(seenBy(decided, ['admin']).fields.size).toBe(decided.names.length);
  expect(walked).toBe(decided.names.length * names.length * manners.length);
  expect(await digestRows(platform.urls)).toEqual(rows);
});

const fetches = async () => (await registry.metrics()).split('\n').filter((line) => line.startsWith('forge_gateway_fetch_seconds_count')).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

test('of a query or mutation that is forbidden no subgraph hears', async () => {
  const before = await fetches();
  platform.statements.clear();
  for (const name of names) expect(await walk.overForbidden(principal(name))).toEqual([]);
  expect([before > 1_000, await fetches() - before, platform.statements.texts]).toEqual([true, 0, []]);
}, 120_000);
