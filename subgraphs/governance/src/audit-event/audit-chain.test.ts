import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { aChain, check, daysAgo, idOf, orgId, tamper } from '../fixture/audit-chain.ts';
import { createGovernanceSubgraph } from '../index.ts';
import { auditHash, type AuditedRow } from './audit-hash.ts';

let graph: TestSubgraph;
beforeEach(async () => (graph = await startTestSubgraph(createTestDatabase('governance'), createGovernanceSubgraph)));
afterEach(() => graph.close());

test('a chain of 2,500 events verifies, in pages of 1,000', async () => {
  await aChain(graph, Array.from({ length: 2500 }, (_, i) => 300 - i / 10));
  graph.statements.clear();
  expect(await check(graph)).toEqual({ verified: true, checkedCount: 2500, firstBrokenId: null, message: 'Events 1 to 2500 are as they were written, and none is missing.' });
  expect(graph.statements.texts.filter((text) => text.includes('previousHash'))).toHaveLength(3);
});

test('the chain of a time verifies from the first event that occurred in it to the last', async () => {
  await aChain(graph, [5, 4, 3, 2, 1]);
  const time = (from: number, to: number) => `(from: "${daysAgo(from).toISOString()}", to: "${daysAgo(to).toISOString()}")`;
  expect(await check(graph, time(4, 2))).toMatchObject({ verified: true, checkedCount: 2, message: 'Events 2 to 3 are as they were written, and none is missing.' });
  expect(await check(graph, time(9, 8))).toEqual({ verified: true, checkedCount: 0, firstBrokenId: null, message: 'No event occurred in this time.' });
  expect((await graph.ask(`{ auditChain${time(2, 4)} { verified } }`)).errors).toMatchObject([{ message: 'to: lies before from', extensions: { code: 'BAD_USER_INPUT' } }]);
});

test.each([
  ['a row that was changed', `UPDATE "auditEvents" SET "detail" = '{}' WHERE "sequence" = 3`, 2, 3, 'Event 3 is not as it was written: its hash is another.'],
  ['a row in the middle that is gone', `DELETE FROM "auditEvents" WHERE "sequence" = 3`, 2, 4, 'Event 4 does not follow event 2: what was between them is missing.'],
  ['a beginning that is gone', `DELETE FROM "auditEvents" WHERE "sequence" <= 2`, 0, 3, 'Event 3 is the first there is: those before it are missing.'],
  ['another hash', `UPDATE "auditEvents" SET "hash" = repeat('a', 64) WHERE "sequence" = 3`, 2, 3, 'Event 3 is not as it was written: its hash is another.'],
])('a chain breaks at %s', async (_, sql, checkedCount, broken, message) => {
  await aChain(graph, [5, 4, 3, 2, 1]);
  await tamper(graph, sql);
  expect(await check(graph)).toEqual({ verified: false, checkedCount, firstBrokenId: idOf(broken), message });
});

test('a chain breaks behind a row that was written anew with a hash of its own', async () => {
  await aChain(graph, [3, 2, 1]);
  const [row] = await runSql<AuditedRow & Record<string, unknown>>(graph.databaseUrl, 'SELECT * FROM "auditEvents" WHERE "sequence" = 2');
  await tamper(graph, `UPDATE "auditEvents" SET "detail" = '{}', "hash" = '${auditHash({ ...row as AuditedRow, detail: {} })}' WHERE "sequence" = 2`);
  expect(await check(graph)).toMatchObject({ verified: false, checkedCount: 2, firstBrokenId: idOf(3), message: 'Event 3 does not follow the one before it: that one\'s hash is another.' });
});

test('the chain of another organisation is another', async () => {
  await aChain(graph, [2, 1]);
  await aChain(graph, [1], { of: anotherOrganisation.orgId });
  await tamper(graph, `DELETE FROM "auditEvents" WHERE "orgId" = '${orgId}' AND "sequence" = 1`);
  expect(await check(graph, '', anotherOrganisation)).toMatchObject({ verified: true, checkedCount: 1 });
});
