import { hostileBodies } from './fixture/bodies.ts';
import { hostileDocuments } from './fixture/documents.ts';
import { post, type Hostile } from './fixture/hostile.ts';
import { hostileBytes, hostileRequests } from './fixture/messages.ts';
import { honest, honestAnswer, startGateway, type HostileGateway } from './fixture/start-gateway.ts';
import { strange } from './fixture/strange.ts';
import { hostileVariables } from './fixture/variables.ts';

const bound = 50;
// The machine does other things meanwhile: the best of so many tries is what it takes.
const tries = 20;

let gateway: HostileGateway;
let sent = 0;
beforeAll(async () => { gateway = await startGateway(); });
afterAll(() => gateway.close());

function codesOf(body: string): string[] {
  const { errors } = JSON.parse(body) as { errors: { message: string; extensions: { code: string } }[] };
  expect(errors.every(({ message }) => message.length > 0 && message.length < 1_000)).toBe(true);
  return [...new Set(errors.map(({ extensions }) => extensions.code))];
}

/** The least time in which it was refused, and in which the next honest request was answered. */
async function refuse({ status, code, send }: Hostile): Promise<{ refused: number; next: number }> {
  const best = { refused: Infinity, next: Infinity };
  for (let i = 0; i < tries && Math.max(best.refused, best.next) >= bound; i++) {
    const refused = await gateway.send(send(++sent));
    const next = await gateway.send(honest);
    expect(refused.answers).toMatchObject([{ status }]);
    const body = refused.answers[0]?.body ?? '';
    expect(body.length).toBeLessThan(16 * 1_024);
    if (code !== undefined) expect(codesOf(body)).toEqual([code]);
    expect(next.answers).toMatchObject([{ status: 200, body: honestAnswer }]);
    best.refused = Math.min(best.refused, refused.milliseconds);
    best.next = Math.min(best.next, next.milliseconds);
  }
  return best;
}

const named = (all: readonly Hostile[]) => all.map((each) => [each.name, each] as const);

describe.each([
  ['document', hostileDocuments], ['variables', hostileVariables], ['body', hostileBodies], ['request', hostileRequests], ['bytes', hostileBytes],
])('%s:', (_, all) => {
  test.each(named(all))('%s', async (_name, hostile) => {
    const { refused, next } = await refuse(hostile);
    expect(refused).toBeLessThan(bound);
    expect(next).toBeLessThan(bound);
  });
});

test.each(strange)('%s is answered', async (_, body, data) => {
  const { answers } = await gateway.send(post(body));
  expect(JSON.parse(answers[0]?.body ?? '')).toEqual({ data });
});

test('none of them has reached a subgraph, and all together leave nothing in memory', async () => {
  const all = [hostileDocuments, hostileVariables, hostileBodies, hostileRequests, hostileBytes].flat();
  // Of valid documents, refused for their cost, variables or name, some are kept: here the same two of each again and again.
  const rounds = async (count: number) => {
    for (let i = 0; i < count; i++) for (const { send } of all) await gateway.send(send(i % 2));
    return gateway.state();
  };
  const before = await rounds(3);
  const after = await rounds(6);
  expect(after.reached).toEqual([]);
  expect(after.heap - before.heap).toBeLessThan(2 * 1_048_576);
}, 300_000);
