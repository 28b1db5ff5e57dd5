export { runSubgraph, type SubgraphProcess } from './run-subgraph.ts';
export { createSubgraphServer } from './server.ts';
export { authenticator } from './trust.ts';
