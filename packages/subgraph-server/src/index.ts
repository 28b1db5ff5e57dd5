export { runSubgraph, type SubgraphProcess } from './run-subgraph.ts';
export { createSubgraphServer } from './server.ts';
export { authenticator, type Authenticate } from './trust.ts';
