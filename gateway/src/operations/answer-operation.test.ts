import { openStudio, type OpenStudio } from '../execution/fixture/open-studio.ts';
import { createStudio } from '../execution/fixture/studio.ts';
import { noTroubles } from '../execution/fixture/troubles.ts';

let studio: OpenStudio;
beforeAll(async () => { studio = await openStudio(); });
beforeEach(() => { Object.assign(studio.now, { studio: createStudio(), troubles: noTroubles }); });

const ask = (text: string, variables: Readonly<Record<string, unknown>> = {}, scopes?: readonly string[]) => studio.ask({ text, variables }, scopes);

test('mutations run in the order they are written in, whatever fragments they are in', async () => {
  await ask(`mutation ($no: Boolean!) { ... on Mutation { ...A } hire(names: ["b"]) { id } ... on Mutation { closeTask(id: "c") { id } d: closeTask(id: "d") { id } } ...B rename(id: "x", name: "x") @skip(if: $no) { before } }
    fragment A on Mutation { a: closeTask(id: "a") { id } } fragment B on Mutation { e: closeTask(id: "e") { id } ...A }`, { no: true });
  expect(studio.now.studio.done.map((each) => each.replace(/\W+/g, ' ').trim())).toEqual(['closeTask id a', 'hire names b role HAND', 'closeTask id c', 'closeTask id d', 'closeTask id e']);
});

test('a mutation runs also when nothing of its answer is wanted', async () => {
  expect(await ask('mutation ($no: Boolean!) { closeTask(id: "a") { id @skip(if: $no) owner @skip(if: $no) { name } } }', { no: true })).toEqual({ data: { closeTask: null }, errors: [] });
  expect(studio.now.studio.done).toEqual(['closeTask {"id":"a"}']);
});

test('of what can have none of the fields that are asked for, it is told whether it is there', async () => {
  expect(await ask('{ people(first: 1) { ... on Named { ... on Robot { name } } } byEmail(email: "nobody") { ... on Node { ... on Robot { name } } } }')).toEqual({ data: { people: [{}], byEmail: null }, errors: [] });
});

test('those who share an answer go on from it each by themselves', async () => {
  const tasksIn = (state: string) => ask(`{ founder { name tasks(state: ${state}) { title } } }`);
  const alone = [await tasksIn('OPEN'), await tasksIn('DONE')];
  studio.asked.length = 0;
  expect(await Promise.all([tasksIn('OPEN'), tasksIn('DONE')])).toEqual(alone);
  expect(studio.asked.filter(({ subgraph }) => subgraph === 'people')).toHaveLength(1);
});

test('behind different types the same key may mean different things', async () => {
  const { data } = await ask('{ feed(first: 2) { ... on Task { owner { n: name tasks(state: OPEN) { title } } } ... on Note { owner { n: email boss { name } } } } }');
  expect(data).toEqual({ feed: [{ owner: { n: 'Person 1', tasks: [{ title: 'Task 1' }, { title: 'Task 5' }] } }, { owner: { n: 'p1@studio.test', boss: null } }] });
});

test('an alias may be called as the key of the entity, or as its type', async () => {
  const { data, errors } = await ask('{ payers { id: name __typename: email email: grade tasks(state: DONE) { id: title } } }');
  expect(errors).toEqual([]);
  expect(data?.['payers']).toEqual([
    { id: 'Person 2', __typename: 'p2@studio.test', email: 'G2', tasks: [{ id: 'Task 6' }] }, null, { id: 'Person 1', __typename: 'p1@studio.test', email: 'G1', tasks: [] }, { id: 'Person 2', __typename: 'p2@studio.test', email: 'G2', tasks: [{ id: 'Task 6' }] },
  ]);
});

test('what is left out does not keep others from what they require', async () => {
  const query = 'query ($no: Boolean!) { payers { bonus worth @skip(if: $no) } }';
  expect((await ask(query, { no: true })).data?.['payers']).toEqual([{ bonus: 8 }, null, { bonus: 8 }, { bonus: 8 }]);
  expect((await ask(query, { no: false })).data?.['payers']).toContainEqual({ bonus: 8, worth: 'worth 1' });
});

test('a variable may be called as the planner calls its own', async () => {
  const { data } = await ask('query ($representations: Int!) { founder { invoices(first: $representations) { number } } }', { representations: 1 });
  expect(data).toEqual({ founder: { invoices: [{ number: 1 }] } });
});

test('what a condition goes by may not be null, where that is neither yes nor no', async () => {
  await expect(ask('query ($usually: Boolean = true) { founder { id @skip(if: $usually) name } }', { usually: null })).rejects.toThrow('Variable "$usually" must not be null');
});

test('what one may see of an interface\'s field is not what another may', async () => {
  const all = ['registries:read', 'agents:read', 'chat:read', 'analytics:read'];
  const authors = async (scopes: readonly string[]) => (await ask('{ media(first: 2) { author { name } } }', {}, scopes)).data?.['media'];
  expect(await authors(all)).toEqual([{ author: { name: 'Person 1' } }, { author: { name: 'Person 4' } }]);
  expect(await authors(all.slice(0, 3))).toEqual([{ author: null }, { author: { name: 'Person 4' } }]);
});

test('an error of a subgraph about what is refused is not told', async () => {
  studio.now.troubles = { ...noTroubles, fails: (_, field) => field === 'author' };
  const { errors } = await ask('{ media(first: 2) { author { name } } }', {}, ['registries:read', 'agents:read', 'chat:read']);
  expect(errors.map(({ message, path }) => [message, path?.join('.')])).toEqual([['Film 1.author fails', 'media.1.author'], [expect.stringContaining('analytics:read'), 'media.0.author']]);
});

test('an answer that is nothing at all says why', async () => {
  studio.now.troubles = { ...noTroubles, isGone: () => true };
  expect(await ask('{ topReviewer: reviews { media { id } } founder { worth } }')).toMatchObject({ data: null, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
});
