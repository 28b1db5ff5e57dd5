import { idOf } from '../fixture/domains.ts';
import { startFixture, transportKinds, type Fixture } from '../fixture/start.ts';
import { fixtureSubgraph } from '../fixture/subgraph.ts';

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

// As it comes from a database: the key is the object's own.
const odd = JSON.parse('{ "__proto__": { "admin": true }, "constructor": { "prototype": null }, "list": [{ "__proto__": [] }] }') as object;

/** With these as its own, whatever they are called. */
function object(...entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

/** A subgraph whose fields, too, are called as JavaScript calls what every object has. */
function oddSubgraph() {
  return fixtureSubgraph('odd', `
    scalar JSON
    type Query { odd: JSON constructor: String valueOf: String }
    type Worker @key(fields: "id") { id: ID! odd: JSON isPrototypeOf: String }
  `, {
    Query: { odd: () => odd, constructor: () => 'built', valueOf: () => null },
    Worker: { __resolveReference: ({ id }: { id: string }) => ({ id }), odd: () => odd, isPrototypeOf: () => 'nobody' },
  });
}

describe.each(transportKinds)('what JavaScript has a use for are names like any other, over %s', (kind) => {
  let fixture: Fixture;
  beforeAll(async () => { fixture = await startFixture(kind, {}, [oddSubgraph()]); });
  afterAll(() => fixture.close());

  async function answerTo(query: string): Promise<string> {
    const { data, errors } = await fixture.post(query);
    expect(errors).toBeUndefined();
    return JSON.stringify(data);
  }

  test.each(names)('%s as an alias: of a root field, an object, a list, a leaf and a field of another subgraph', async (name) => {
    const other = names.find((each) => each !== name) ?? '';
    const assigned = object([name, object([name, odd])]);
    const workers = [1, 2].map((n) => object([name, idOf('wrk', n)], [other, `Worker ${n}`], ['tasks', n === 1 ? [assigned, assigned] : []]));
    expect(await answerTo(`{ ${name}: workers { ${name}: id ${other}: name tasks { ${name}: assignee { ${name}: odd } } } }`)).toBe(JSON.stringify(object([name, workers])));
  });

  test('as fields, that are there, null and not asked for', async () => {
    expect(await answerTo('{ constructor valueOf toString: constructor workers { isPrototypeOf } }')).toBe('{"constructor":"built","valueOf":null,"toString":"built","workers":[{"isPrototypeOf":"nobody"},{"isPrototypeOf":"nobody"}]}');
  });

  test('in JSON, which several ask for at once', async () => {
    const query = '{ odd workers { odd } }';
    const expected = JSON.stringify({ odd, workers: [{ odd }, { odd }] });
    expect(expected).toContain('"__proto__":{"admin":true}');
    expect(await Promise.all([answerTo(query), answerTo(query), answerTo(query)])).toEqual([expected, expected, expected]);
  });

  // But for __proto__, which no variables may have.
  test.each(names.slice(1))('%s as a variable', async (name) => {
    const { data, errors } = await fixture.post(`query ($${name}: ID!) { worker(id: $${name}) { name } }`, { variables: JSON.parse(`{ "${name}": "${idOf('wrk', 2)}" }`) as Record<string, unknown> });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ worker: { name: 'Worker 2' } });
  });

  test('nothing of it gets into what objects have in common', async () => {
    await answerTo('{ __proto__: odd constructor workers { __proto__: odd } }');
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
