import type { Principal } from '@forge/auth';
import type { TestPlatform } from '../test-platform.ts';
import type { Decided } from './decided.ts';
import { documentsOf, type Document } from './documents.ts';
import { judge, type Finding } from './judge.ts';
import { manners, writeQuestions, type Question } from './questions.ts';
import { routesOver, seenBy, type Route } from './routes.ts';
import type { World } from './world.ts';

/** Asks for all there is, on behalf of one principal after the other. */
export interface Walk {
  /** What was found of every field, and all that was not as decided. */
  as(principal: Principal): Promise<{ findings: Finding[]; faults: string[] }>;
  /** Asks for every query and mutation that a principal may not; answers what was not as decided. */
  overForbidden(principal: Principal): Promise<string[]>;
}

export function startWalk(decided: Decided, world: World, { ask }: TestPlatform): Walk {
  const write = writeQuestions(decided, world);
  const fieldsOf = Map.groupBy(decided.names, (name) => name.slice(0, name.indexOf('.')));
  const shortest = routesOver(decided, () => true);
  const questionsOf = (routes: Iterable<readonly [string, Route]>) => manners.flatMap((manner) => [...routes].map(([type, route]): Question => ({ type, route, manner, fields: fieldsOf.get(type) ?? [] })));
  // The same for everybody, so that each is parsed once, and planned once for all to whom the same of it is open.
  const common = documentsOf(questionsOf(shortest), write);

  return {
    async as(principal) {
      const detours = [...seenBy(decided, principal.scopes).routes].filter(([type]) => !(shortest.get(type) ?? []).every((name) => decided.opens(principal.scopes, name)));
      return judged([...common, ...documentsOf(questionsOf(detours), write)], principal);
    },
    async overForbidden(principal) {
      const forbidden = (type: string) => (fieldsOf.get(type) ?? []).filter((name) => !decided.opens(principal.scopes, name));
      const questions = manners.flatMap((manner) => ['Query', 'Mutation'].map((type): Question => ({ type, route: [], manner, fields: forbidden(type) })));
      return (await judged(documentsOf(questions, write), principal)).faults;
    },
  };

  async function judged(documents: readonly Document[], principal: Principal) {
    const all: ReturnType<typeof judge>[] = [];
    for (const document of documents) all.push(judge(document, await ask(document.text, {}, principal), (needs) => decided.opens(principal.scopes, needs)));
    return { findings: all.flatMap(({ findings }) => findings), faults: all.flatMap(({ faults }) => faults) };
  }
}
