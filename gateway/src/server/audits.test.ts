import { serverAudits } from 'graphql-http';
import { startFixture, type Fixture } from '../fixture/start.ts';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture('in-process'); });
afterAll(() => fixture.close());

// Every audit of GraphQL over HTTP that graphql-http has. What is not `ok` stands here, with the reason.
const otherwise: Readonly<Record<string, string>> = {};

const audits = serverAudits({ url: () => `${fixture.url}/graphql`, fetchFn: fetch });

test('there are all 61 of them', () => {
  expect(audits).toHaveLength(61);
});

test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s: %s', async (id, _, audit) => {
  const result = await audit.fn();
  const reason = 'reason' in result ? `${result.status}: ${result.reason}` : result.status;
  expect(reason).toBe(otherwise[id] ?? 'ok');
});
