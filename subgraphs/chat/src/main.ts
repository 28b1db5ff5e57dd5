import { runSubgraph } from '@forge/subgraph-server';

// This subgraph in a process of its own.
await runSubgraph({
  domain: 'chat',
  env: process.env,
  create: async (settings) => (await import('./index.ts')).createChatSubgraph(settings),
});
