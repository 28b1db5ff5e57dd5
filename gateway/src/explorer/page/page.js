import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import coreChain from '../core-chain.graphql';

const workers = { json: 'json.worker.js', graphql: 'graphql.worker.js' };
globalThis.MonacoEnvironment = { getWorker: (_, label) => new Worker(`/explorer/${workers[label] ?? 'editor.worker.js'}`, { type: 'module' }) };

// Under names of its own: every explorer that ever ran on this host and port left its tabs in the same storage.
const prefix = 'forge-graph:';
const storage = {
  getItem: (key) => localStorage.getItem(prefix + key),
  setItem: (key, value) => localStorage.setItem(prefix + key, value),
  removeItem: (key) => localStorage.removeItem(prefix + key),
  clear: () => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key)),
  get length() {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length;
  },
};

createRoot(document.getElementById('explorer')).render(
  createElement(GraphiQL, { fetcher: createGraphiQLFetcher({ url: '/graphql' }), defaultTabs: [{ query: coreChain }], storage }),
);
