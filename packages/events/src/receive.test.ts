import type { Arrival, CloudEvent } from './cloud-event.ts';
import { runSql } from '@forge/testing';
import { twoDomains, type TwoDomains } from './fixture/two-domains.ts';

let domains: TwoDomains;

const event = (label: string, changes: Partial<Record<Exclude<keyof CloudEvent, 'id'>, unknown>> = {}): Arrival => ({
  specversion: '1.0', id: `evt_${label}`, source: '/forge/budget', type: 'budget.reservation.answered', subject: 'run_1', time: '2026-11-23T10:00:00.000Z',
  datacontenttype: 'application/json', orgid: 'org_1', data: { stepResultId: label, runId: 'run_1', granted: true, reason: null }, ...changes,
});
const handled = () => runSql(domains.url, `SELECT "orgId", "source", "key" FROM "callbackDedup" ORDER BY "key"`);

describe.each([1, 2, 25])('with up to %i events in a transaction', (together) => {
  beforeAll(async () => (domains = await twoDomains(together)));
  afterEach(() => domains.reset());
  afterAll(() => domains.close());

  test('the same batch five times at once is handled once, and each delivery is told so', async () => {
    const batch = ['a', 'b', 'c'].map((label) => event(label, { subject: `run_${label}` }));
    const answers = await Promise.all(Array.from({ length: 5 }, () => domains.receive(batch)));
    for (const answer of answers) expect(new Set(answer.map(({ id, error }) => `${id} ${error}`))).toEqual(new Set(['evt_a null', 'evt_b null', 'evt_c null']));
    expect((await domains.heard()).sort()).toEqual(['a', 'b', 'c']);
    expect(await handled()).toEqual(['a', 'b', 'c'].map((label) => ({ orgId: 'org_1', source: 'event /forge/budget', key: `evt_${label}` })));
  });

  test('a handler is given the event as it was told', async () => {
    const seen: unknown[] = [];
    domains.handle = async (_, given) => void seen.push(given);
    await domains.receive([event('a')]);
    expect(seen).toEqual([{
      id: 'evt_a', orgId: 'org_1', type: 'budget.reservation.answered', source: '/forge/budget', subject: 'run_1', time: new Date('2026-11-23T10:00:00Z'),
      data: { stepResultId: 'a', runId: 'run_1', granted: true, reason: null },
    }]);
  });

  test('a handler that throws leaves nothing, and of what follows of its subject nothing is said', async () => {
    domains.handle = async (_, { data }) => {
      if (data.stepResultId === 'b') throw new Error('b is wrong');
    };
    const batch = [event('a'), event('b'), event('c'), event('d', { subject: 'run_2' }), event('e', { orgid: 'org_2' })];
    const answer = new Map((await domains.receive(batch)).map(({ id, error }) => [id, error]));
    expect(answer).toEqual(new Map([['evt_a', null], ['evt_b', 'b is wrong'], ['evt_d', null], ['evt_e', null]]));
    expect((await domains.heard()).sort()).toEqual(['a', 'd', 'e']);
    expect((await handled()).map(({ key }) => key)).toEqual(['evt_a', 'evt_d', 'evt_e']);
    domains.handle = async () => undefined;
    expect(await domains.receive([event('b'), event('c')])).toEqual([{ id: 'evt_b', error: null }, { id: 'evt_c', error: null }]);
  });

  test('an event of one id from two senders, or of two organisations, is two events', async () => {
    await domains.receive([event('a'), event('a', { source: '/forge/workflow' }), event('a', { orgid: 'org_2' })]);
    expect(await domains.heard()).toEqual(['a', 'a', 'a']);
  });

  test.each<[string, Arrival, string]>([
    ['an unknown type', event('a', { type: 'budget.party.held' }), 'budget.party.held is no event type of the platform'],
    ['a type by the name of a method', event('a', { type: 'toString' }), 'toString is no event type of the platform'],
    ['a type that nobody here listens to', event('a', { type: 'agents.agent.changed', data: { agentId: 'a', gatewayId: 'g', status: 'ACTIVE', maxConcurrency: 1 } }), 'nothing here listens to agents.agent.changed'],
    ['rubbish data', event('a', { data: { stepResultId: 7 } }), 'its data are not those of budget.reservation.answered: stepResultId: '],
    ['no data', event('a', { data: undefined }), 'its data are not those of budget.reservation.answered: '],
    ['no subject', event('a', { subject: undefined }), 'it is not as events are here: subject: '],
    ['a time that is none', event('a', { time: 'yesterday' }), 'it is not as events are here: time: '],
    ['nothing but an id', { id: 'evt_a' }, 'it is not as events are here: specversion: '],
  ])('%s is refused with its reason, and holds up no other subject', async (_, wrong, reason) => {
    const answer = new Map((await domains.receive([wrong, event('b', { subject: 'run_2' })])).map(({ id, error }) => [id, error]));
    expect(answer).toEqual(new Map([['evt_a', expect.stringContaining(reason)], ['evt_b', null]]));
    expect(domains.log).toMatchObject([{ level: 40, event: 'evt_a', msg: 'an event could not be handled' }]);
  });
});
