import { runSql } from '@forge/testing';
import type { Recorded } from './open-loop.ts';
import { questions } from './questions.ts';
import type { FrontDoor } from './start-front-door.ts';

/** What was said to be made is there once; what was said not to be is not; of what is uncertain either, but not twice. */
export async function faultsOfMade({ urls }: Pick<FrontDoor, 'urls'>, recorded: readonly Recorded[], prefix: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { kind, makes } of questions) {
    if (!makes) continue;
    const rows = await runSql<{ name: string }>(urls.get(makes.domain) ?? '', `SELECT "name" FROM "${makes.table}" WHERE "name" LIKE $1`, [`${prefix}-%`]);
    const there = Map.groupBy(rows, ({ name }) => name);
    for (const { name, verdict } of recorded.filter((each) => each.kind === kind)) {
      const count = there.get(name)?.length ?? 0;
      const [least, most] = verdict.outcome === 'whole' ? [1, 1] : verdict.outcome === 'gaps' && verdict.uncertain ? [0, 1] : [0, 0];
      if (count < least || count > most) faults.push(`${kind}: ${name} is there ${count} times, and the answer was ${JSON.stringify(verdict)}`);
    }
  }
  return faults;
}
