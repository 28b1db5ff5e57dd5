import { isDeepStrictEqual } from 'node:util';
import type { GraphQLFormattedError } from 'graphql';
import type { Outcome } from '../execution/fixture/apollo.ts';
import { openStudio, type OpenStudio, type Question } from '../execution/fixture/open-studio.ts';
import { askPlainly } from '../execution/fixture/plainly.ts';
import { randomOperation } from '../execution/fixture/random-operation.ts';
import { seeded, type Random } from '../execution/fixture/random.ts';
import { refusing } from '../execution/fixture/refusing.ts';
import { createStudio } from '../execution/fixture/studio.ts';
import { noTroubles, troublesOf } from '../execution/fixture/troubles.ts';
import { idOf } from '../fixture/domains.ts';

const count = 100;
const principals = 6;
const scopes = [
  'workforce:read', 'workforce:write', 'workflow:read', 'workflow:write', 'workflow:execute', 'budget:read', 'budget:write', 'chat:read', 'gateways:read', 'governance:read',
  'registries:read', 'agents:read', 'analytics:read', 'gateways:runtime',
];

let studio: OpenStudio;
// Without the one to which an interface is one type: of its objects nobody need have been asked which they are, and then all must be open.
beforeAll(async () => { studio = await openStudio(['people', 'tasks', 'ledger', 'library']); });

async function inStudio<T>(ask: () => Promise<T>): Promise<{ readonly answer: T; readonly done: readonly string[] }> {
  studio.now.studio = createStudio();
  return { answer: await ask(), done: studio.now.studio.done };
}

const isForbidden = ({ extensions }: GraphQLFormattedError) => extensions?.['code'] === 'FORBIDDEN';
const pathsOf = ({ errors }: Outcome) => errors.filter(isForbidden).map(({ path = [] }) => path);

/** Whether the client can see that there is nothing at a place: of what is within a null, not every refusal need be told. */
function isWithinNull(data: unknown, path: readonly (string | number)[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return false;
  return data === null || data === undefined || isWithinNull((data as Record<string | number, unknown>)[step], rest);
}

/** What is wrong with an answer; undefined when it is what the contracts let somebody see, with each refusal told once at its place. */
async function fault(question: Question, held: readonly string[]): Promise<unknown> {
  const { apiSchema } = studio.supergraph;
  const expected = await inStudio(() => askPlainly(apiSchema, studio.now, question, refusing(apiSchema, held)));
  const ours = await inStudio(() => studio.ask(question, held));
  const { data } = ours.answer;
  const told = (outcome: Outcome) => pathsOf(outcome).filter((path) => !isWithinNull(data, path)).map((path) => JSON.stringify(path)).sort();
  if (JSON.stringify(data) !== JSON.stringify(expected.answer.data)) return { ours: data, expected: expected.answer.data };
  if (!isDeepStrictEqual(told(ours.answer), told(expected.answer))) return { told: told(ours.answer), expected: told(expected.answer) };
  // After a refusal that takes all of the answer, nothing says whether the others run.
  return data === null || isDeepStrictEqual(ours.done, expected.done) ? undefined : { done: ours.done, expected: expected.done };
}

function someScopes(random: Random): readonly string[] {
  return random.some(scopes, random.pick([0.3, 0.6, 0.9]));
}

test('somebody sees what the contracts open to them, whoever asked the same before, and changes nothing else', async () => {
  let refusals = 0;
  for (let i = 0; i < count; i++) {
    const random = seeded(500_000 + i);
    const question = randomOperation(studio.supergraph.apiSchema, random, i % 4 === 3 ? 'mutation' : 'query');
    for (let n = 0; n < principals; n++) {
      const held = someScopes(random);
      expect({ ...question, held, fault: await fault(question, held) }).toEqual({ ...question, held, fault: undefined });
      refusals += (await askPlainly(studio.supergraph.apiSchema, studio.now, question, refusing(studio.supergraph.apiSchema, held))).errors.filter(isForbidden).length;
    }
  }
  expect(refusals).toBeGreaterThan(count * 2);
});

test('nothing that is refused gets into an answer in which much goes wrong, either', async () => {
  const { apiSchema } = studio.supergraph;
  for (let i = 0; i < count; i++) {
    const random = seeded(600_000 + i);
    const [question, held] = [randomOperation(apiSchema, random), someScopes(random)];
    const { answer: expected } = await inStudio(() => askPlainly(apiSchema, studio.now, question, refusing(apiSchema, held)));
    studio.now.troubles = troublesOf(i, 0.1);
    const ours = await inStudio(() => studio.ask(question, held));
    studio.now.troubles = noTroubles;
    const shown = pathsOf(expected).filter((path) => !isWithinNull(ours.answer.data, [...path, 0]));
    expect({ ...question, held, shown }).toEqual({ ...question, held, shown: [] });
  }
});

test.each<[string, string, readonly string[], unknown, readonly string[]]>([
  ['under an alias', '{ founder { pay: salary { amount } name } }', ['workforce:read'], { founder: { pay: null, name: 'Person 1' } }, ['founder.pay']],
  ['in a fragment', '{ ...F } fragment F on Query { founder { ...G } } fragment G on Person { salary { amount } name }', ['workforce:read'], { founder: { salary: null, name: 'Person 1' } }, ['founder.salary']],
  ['behind an interface, of some of its types', '{ feed(first: 2) { title } }', ['workforce:read'], { feed: [null, { title: 'Note 1' }] }, ['feed.0']],
  ['by an interface\'s field', '{ media(first: 2) { title author { name } } }', ['registries:read', 'agents:read', 'chat:read'], { media: [{ title: 'Title 1', author: null }, { title: 'Title 4', author: { name: 'Person 4' } }] }, ['media.0.author']],
  ['in a union', '{ actors { ... on Person { name } ... on Robot { model } } }', [], { actors: [{ model: 'R' }, null, null, null, { model: null }] }, ['actors.1', 'actors.3']],
  ['by its id', `{ node(id: "${idOf('mst', 1)}") { id ... on Milestone { due } } }`, [], { node: null }, ['node']],
  ['by its id, whose own root field needs more than its type', `{ nodes(ids: ["${idOf('bok', 1)}", "${idOf('flm', 1)}"]) { id } }`, ['registries:read'], { nodes: [null, { id: idOf('flm', 1) }] }, ['nodes.0']],
  ['where it may not be null, of what it belongs to', '{ settings { theme limits { people } } media(first: 1) { title } }', ['registries:read'], null, ['settings.limits']],
  ['and under the name of its type, not of another that a title gives', '{ feed(first: 1) { __typename: title } }', [], { feed: [null] }, ['feed.0']],
])('what is refused is refused %s', async (_, text, held, data, refused) => {
  const answer = await studio.ask({ text, variables: {} }, held);
  expect(answer.data).toEqual(data);
  expect(pathsOf(answer).map((path) => path.join('.'))).toEqual(refused);
});

test('a mutation that is refused reaches no subgraph, the others do', async () => {
  studio.asked.length = 0;
  const { answer, done } = await inStudio(() => studio.ask({ text: 'mutation { a: rename(id: "x", name: "y") { before } closeTask(id: "z") { id } ...F } fragment F on Mutation { b: rename(id: "x", name: "y") { before } }', variables: {} }, ['gateways:runtime', 'workflow:read']));
  expect(done).toEqual(['closeTask {"id":"z"}']);
  expect(studio.asked.map(({ query }) => query).join()).not.toContain('rename');
  expect(pathsOf(answer)).toEqual([['a']]);
});

test('nobody is asked when everything is refused', async () => {
  studio.asked.length = 0;
  const { data } = await studio.ask({ text: '{ tasks { id } person(id: "x") { id } __typename }', variables: {} }, ['budget:read']);
  expect([data, studio.asked]).toEqual([null, []]);
});

test('each is told what they lack, who asked the same before', async () => {
  const { access } = studio.release;
  const lacking = [[], ['registries:read'], ['agents:read']];
  const messages: unknown[] = [];
  for (const held of lacking) messages.push((await studio.ask({ text: '{ media(first: 1) { __typename } }', variables: {} }, held)).errors[0]?.message);
  expect(messages).toEqual(lacking.map((held) => access.grantsOf(held).refusal(access.node('Book'))));
  expect(new Set(messages).size).toBe(3);
});
