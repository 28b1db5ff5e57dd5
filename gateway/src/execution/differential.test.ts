import { isDeepStrictEqual } from 'node:util';
import { apolloOver, type Outcome } from './fixture/apollo.ts';
import { openStudio, type OpenStudio, type Question } from './fixture/open-studio.ts';
import { askPlainly, placesOf } from './fixture/plainly.ts';
import { randomOperation } from './fixture/random-operation.ts';
import { seeded } from './fixture/random.ts';
import { planFor, runOurs } from './fixture/run-ours.ts';
import { shrink } from './fixture/shrink.ts';
import { createStudio } from './fixture/studio.ts';
import { noTroubles, troublesOf, type Troubles } from './fixture/troubles.ts';

const count = 120;
// Of each question so many turns, each with other things going wrong.
const turns = 8;

let studio: OpenStudio;
let apollo: ReturnType<typeof apolloOver>;
let questions: Question[];

beforeAll(async () => {
  studio = await openStudio();
  apollo = apolloOver(studio);
  const random = Array.from({ length: count }, (_, i) => randomOperation(studio.supergraph.apiSchema, seeded(i), i % 8 === 7 ? 'mutation' : 'query')).flatMap((question) => [question, flipped(question)]);
  const plannable = await Promise.all(random.map(isPlannable));
  questions = random.filter((_, i) => plannable[i]);
});

/** Asks a studio like new, in which there are these troubles. */
async function inStudio<T>(troubles: Troubles, ask: () => Promise<T>): Promise<T> {
  Object.assign(studio.now, { studio: createStudio(), troubles });
  return ask();
}

// The planner gives up where it wants an `@interfaceObject`'s `__typename` from the subgraph that has only that.
async function isPlannable(question: Question): Promise<boolean> {
  try {
    await planFor(studio, question);
    return true;
  } catch (error) {
    expect(String(error)).toContain('We should have an edge from Media(reviews) for __typename');
    return false;
  }
}

/** Expects that no question differs; shows the smallest that does. */
async function expectNoDifference(asked: readonly Question[], difference: (question: Question, index: number) => Promise<unknown>): Promise<void> {
  for (const [i, question] of asked.entries()) {
    if ((await difference(question, i)) === undefined) continue;
    const smallest = await shrink(studio.supergraph.apiSchema, question, async (smaller) => (await isPlannable(smaller)) && (await difference(smaller, i)) !== undefined);
    expect({ ...smallest, difference: await difference(smallest, i) }).toBeUndefined();
  }
}

const plainly = (question: Question) => askPlainly(studio.supergraph.apiSchema, studio.now, question);

test('nearly everything can be planned', () => {
  expect(questions.length).toBeGreaterThan(2 * count * 0.9);
});

test('the answer is what plain GraphQL answers over one schema, to the order of its keys; mutations run once and in order', async () => {
  await expectNoDifference(questions, async (question) => {
    const expected = await inStudio(noTroubles, async () => ({ answer: await plainly(question), done: studio.now.studio.done }));
    const { answer, done } = await inStudio(noTroubles, async () => ({ answer: await studio.ask(question), done: studio.now.studio.done }));
    // What is wrong then are only values that clients may not see; the words for it are each one's own.
    const seen = ({ data, errors }: Outcome) => JSON.stringify({ data, errors: errors.map(({ path }) => JSON.stringify(path)).sort() });
    return seen(answer) === seen(expected.answer) && isDeepStrictEqual(done, expected.done) ? undefined : { ours: answer, plain: expected.answer };
  });
});

test('those who ask the same at the same moment, and share what subgraphs answer, get it all the same', async () => {
  await expectNoDifference(questions.filter(({ text }) => text.startsWith('query')), async (question) => {
    const [first, ...others] = await inStudio(noTroubles, () => Promise.all([1, 2, 3].map(() => studio.ask(question))));
    return others.every((each) => isDeepStrictEqual(each, first)) && isDeepStrictEqual(asJson(first?.data), asJson((await plainly(question)).data)) ? undefined : { first, others };
  });
});

/**
 * What goes wrong is answered as Apollo's executor does, but for what is meant to differ:
 * - its errors have indexes of other items, where some of a list were not asked for. Ours are looked at in the next test;
 * - it notes in `extensions.valueCompletion` what we answer with an error, so only what subgraphs say is compared;
 * - keys are the inner ones. Ours are taken back in data already, and in errors later;
 * - of what it answers otherwise than plain GraphQL without any trouble, or with an error, it is no judge.
 */
test('what fails is null, and said, as Apollo\'s executor has it', async () => {
  const isJudge = async (question: Question) => {
    const planned = await planFor(studio, question);
    return planned && inStudio(noTroubles, async () => {
      const { data, errors } = await apollo(planned.plan, planned.inner);
      return errors.length === 0 && isDeepStrictEqual(asJson((await plainly(question)).data), outerKeys(data));
    });
  };
  const judged: Question[] = [];
  for (const question of questions) if (await isJudge(question)) judged.push(question);
  expect(judged.length).toBeGreaterThan(questions.length * 0.8);

  for (let turn = 0; turn < turns; turn++) {
    await expectNoDifference(judged, async (question, i) => {
      const planned = await planFor(studio, question);
      if (!planned) return undefined;
      const troubles = troublesIn(turn, i);
      const expected = await inStudio(troubles, () => apollo(planned.plan, planned.inner));
      const ours = await inStudio(troubles, () => runOurs(studio, question, planned));
      const same = isDeepStrictEqual(asJson(ours.data), outerKeys(expected.data)) && isDeepStrictEqual(withoutIndexes(ours), withoutIndexes(expected));
      return same ? undefined : { ours, apollo: expected };
    });
  }
});

test('an error stands where the thing is that it is about', async () => {
  const counts = { exact: 0, near: 0, elsewhere: 0 };
  for (const [i, question] of questions.entries()) {
    const { fields, things } = await inStudio(noTroubles, () => placesOf(studio.supergraph.apiSchema, studio.now, question));
    for (let turn = 0; turn < turns; turn++) {
      const { errors } = await inStudio(troublesIn(turn, i), () => studio.ask(question));
      for (const { message, path = [] } of errors) {
        const [, key, field] = /^(\w+ [\w/]+)(?:\.(\w+) fails| is lost)$/.exec(message) ?? [];
        if (key === undefined) continue;
        const place = path.join('.');
        // A field that the client did not ask for is said of the thing; one of a thing that it did not ask for, of what that belongs to.
        counts[(field === undefined ? things.get(place) === key : fields.get(place) === `${key}.${field}`) ? 'exact' : things.get(place) === key ? 'near' : 'elsewhere'] += 1;
      }
    }
  }
  expect(counts.exact).toBeGreaterThan(2 * counts.near);
  expect(counts.exact).toBeGreaterThan(20 * counts.elsewhere);
});

function troublesIn(turn: number, question: number): Troubles {
  const down = [[], [], ['ledger'], [], ['people'], [], ['tasks', 'library']][(turn + question) % 7] ?? [];
  return troublesOf(turn * 1_000 + question, 0.04, down);
}

/** The same question with everything that may be left out the other way. */
function flipped({ text, variables }: Question): Question {
  return { text, variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, typeof value === 'boolean' ? !value : value])) };
}

function asJson(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data));
}

function outerKeys(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(outerKeys);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key.replace(/__as_\d+$/, ''), outerKeys(value)]));
}

function withoutIndexes({ errors }: Outcome): string[] {
  return errors.map(({ message, path = [] }) => `${message} ${path.filter((step) => typeof step === 'string' && step !== '@').join('.')}`).sort();
}
