import { startFixture, type Fixture } from '../fixture/start.ts';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture('in-process', { maxCost: 10 }); });
afterAll(() => fixture.close());

const asked = { 'graphql-cost': '1' };

test('who asks is told the cost, estimated and as it was', async () => {
  const query = '{ workers { tasks { id } } worker(id: "wrk_01h455vb4pex5vsknk00000099") { id } }';
  expect((await fixture.post(query, { headers: asked })).extensions).toEqual({ cost: { estimated: 3, actual: 3 } });
  expect((await fixture.post(query, { headers: { ...asked, authorization: 'Org org_c' } })).extensions).toEqual({ cost: { estimated: 3, actual: 0 } });
  expect((await fixture.post(query)).extensions).toBeUndefined();
});

test('what may cost too much is refused before anybody is asked, with estimate, limit and the dearest path', async () => {
  fixture.workers.asked.length = 0;
  const query = `{ tasks { id } ${Array.from({ length: 5 }, (_, i) => `w${i}: workers { id }`).join(' ')} many: workers { ${Array.from({ length: 6 }, (_, i) => `t${i}: tasks { id }`).join(' ')} } }`;
  const { status, errors, data } = await fixture.post(query, { headers: asked });
  expect([status, data]).toEqual([400, undefined]);
  expect(errors).toEqual([{
    message: 'This may cost 13 points, and the limit is 10. Dearest is many with 7: ask there for fewer by first, or for less of each.',
    extensions: { code: 'COST_LIMIT_EXCEEDED', estimate: 13, limit: 10, dearest: { path: 'many', cost: 7 } },
  }]);
  expect(fixture.workers.asked).toEqual([]);
});
