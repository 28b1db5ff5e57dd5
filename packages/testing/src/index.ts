export { recordStatements, type Statements } from './statements.ts';
export { createTestDatabase, testServerUrl, type TestDatabase } from './test-database.ts';
export { anotherOrganisation, startTestSubgraph, type TestSubgraph } from './subgraph-client.ts';
