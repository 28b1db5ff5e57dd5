export { recordStatements, type Statements } from './statements.ts';
export { createDatabaseWith, createTestDatabase, runSql, testServerUrl, type TestDatabase } from './test-database.ts';
export { anotherOrganisation, startTestSubgraph, type TestSubgraph } from './subgraph-client.ts';
export { startTraceCollector, type CollectedSpan, type TraceCollector } from './trace-collector.ts';
export { underWay } from './under-way.ts';
