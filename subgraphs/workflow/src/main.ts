import { runSubgraph } from '@forge/subgraph-server';

// This subgraph in a process of its own.
await runSubgraph({
  domain: 'workflow',
  env: process.env,
  create: async (settings) => (await import('./index.ts')).createWorkflowSubgraph(settings),
});
