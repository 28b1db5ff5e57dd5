export { runSubgraph, type SubgraphProcess } from './run-subgraph.ts';
