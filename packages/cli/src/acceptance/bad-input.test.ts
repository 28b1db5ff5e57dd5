import { seedIfEmpty } from '@forge/demo-data';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => (platform = await startTestPlatform((urls) => seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z'), runs: 20 }))));
afterAll(() => platform.close());

const faultOf = async (query: string, variables: object = {}) => {
  const { data, errors } = await platform.ask(query, variables);
  return { data: data ?? null, code: errors?.[0]?.extensions?.code, message: errors?.[0]?.message };
};

test.each([
  ['an id of another type', '{ workflow(id: "run_01h455vb4pex5vsknk084sn02q") { id } }', 'id: expected the id of a Workflow, which looks like wf_01h455vb4pex5vsknk084sn02q; got "run_01h455vb4pex5vsknk084sn02q"'],
  ['an id of another type in a filter', '{ workflowRuns(where: { workflowId: { eq: "agt_01h455vb4pex5vsknk084sn02q" } }) { totalCount } }', 'where.workflowId.eq: expected the id of a Workflow'],
  ['first: 0', '{ tokenEvents(first: 0) { nodes { id } } }', 'first: must be from 1 to 100; got 0'],
  ['first: 1000', '{ tokenEvents(first: 1000) { nodes { id } } }', 'first: must be from 1 to 100; got 1000'],
  ['first with last', '{ tokenEvents(first: 1, last: 1) { nodes { id } } }', 'last: give first or last, not both'],
  ['a cursor that is none', '{ workflows(after: "rubbish") { nodes { id } } }', 'after: is not a cursor of Workflow'],
])('%s is told by its argument and its limit', async (_, query, message) => {
  const fault = await faultOf(query);
  expect(fault).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) as string });
});

test('an unknown filter field is told, with the one that was probably meant', async () => {
  expect(await faultOf('{ workflows(where: { nam: { eq: "x" } }) { totalCount } }')).toEqual({
    data: null, code: 'GRAPHQL_VALIDATION_FAILED', message: 'Field "nam" is not defined by type "WorkflowFilter". Did you mean "name", "AND", or "NOT"?',
  });
});

test('a cursor of another order is told as such', async () => {
  const { workflows } = await platform.data<{ workflows: { pageInfo: { endCursor: string } } }>('{ workflows(first: 1) { pageInfo { endCursor } } }');
  const fault = await faultOf('query ($after: String) { workflows(orderBy: [{ field: NAME }], after: $after) { nodes { id } } }', { after: workflows.pageInfo.endCursor });
  expect(fault).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('after: was made under another orderBy') as string });
});

describe('of a batch of token events nothing is written when', () => {
  const event = { idempotencyKey: 'bad', occurredAt: new Date().toISOString(), modelId: 'mdl_01h455vb4pex5vsknk084sn02q', inputTokens: 1, outputTokens: 1 };

  test.each([
    ['a model has no price', [event], ['input', 'events', '0', 'modelId'], 'mdl_01h455vb4pex5vsknk084sn02q has no price at'],
    ['a count is negative', [{ ...event, outputTokens: -1 }], ['input', 'events', '0', 'outputTokens'], 'must not be negative'],
    ['there are 1,001 of them', Array.from({ length: 1_001 }, (_, i) => ({ ...event, idempotencyKey: `bad-${i}` })), ['input', 'events'], 'more than 1000'],
  ])('%s', async (_, events, path, message) => {
    const count = async () => (await platform.data<{ tokenEvents: { totalCount: number } }>('{ tokenEvents { totalCount } }')).tokenEvents.totalCount;
    const before = await count();
    const { recordTokenEvents } = await platform.data<{ recordTokenEvents: { createdCount: number; userErrors: object[] } }>(
      'mutation ($input: RecordTokenEventsInput!) { recordTokenEvents(input: $input) { createdCount userErrors { path message } } }', { input: { events } });
    expect(recordTokenEvents).toEqual({ createdCount: 0, userErrors: [{ path, message: expect.stringContaining(message) as string }] });
    expect(await count()).toBe(before);
  });
});
