import { runSubgraph } from '@forge/subgraph-server';

// This subgraph in a process of its own.
await runSubgraph({
  domain: 'analytics',
  env: process.env,
  create: async (settings) => (await import('./index.ts')).createAnalyticsSubgraph(settings),
});
