import { setTimeout as sleep } from 'node:timers/promises';
import type { Asking } from './open-loop.ts';
import { nameHere, questions, type Question } from './questions.ts';
import type { FrontDoor } from './start-front-door.ts';

const patienceMilliseconds = 30_000;

/** The questions with what is to come back for each, asked while all is well. */
export async function askWhole(door: FrontDoor): Promise<Asking[]> {
  const found = await untilWhole(door, JSON.stringify({ query: '{ workflowRuns(first: 20, where: { status: { eq: COMPLETED } }) { nodes { id } } }' }));
  const runs = (JSON.parse(found) as { data: { workflowRuns: { nodes: { id: string }[] } } }).data.workflowRuns.nodes.map(({ id }) => id);
  const askings: Asking[] = [];
  for (const question of questions) askings.push({ ...question, pairs: await pairsOf(door, question, runs) });
  return askings;
}

async function pairsOf(door: FrontDoor, { query, makes }: Question, runs: readonly string[]): Promise<Asking['pairs']> {
  if (makes) return [{ body: JSON.stringify({ query, variables: { name: nameHere } }), whole: JSON.stringify({ data: { made: { made: { name: nameHere }, userErrors: [] } } }) }];
  const bodies = query.includes('$id') ? runs.map((id) => JSON.stringify({ query, variables: { id } })) : [JSON.stringify({ query })];
  const pairs: Asking['pairs'][number][] = [];
  for (const body of bodies) pairs.push({ body, whole: await untilWhole(door, body) });
  return pairs;
}

/** Asks until there is an answer without errors. */
export async function untilWhole({ origin, headers }: FrontDoor, body: string): Promise<string> {
  for (const until = Date.now() + patienceMilliseconds; ;) {
    const response = await fetch(`${origin}/graphql`, { method: 'POST', headers, body });
    const text = await response.text();
    if (response.ok && !('errors' in (JSON.parse(text) as object))) return text;
    if (Date.now() > until) throw new Error(`still no whole answer after ${patienceMilliseconds} ms: ${text.slice(0, 500)}`);
    await sleep(200);
  }
}
