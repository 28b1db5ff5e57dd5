import { parentPort, workerData } from 'node:worker_threads';
import { OperatorError } from '@forge/config';
import { composeSupergraph } from './compose.ts';
import { CompositionError } from './composition-error.ts';
import { nodeSubgraphName, printNodeSchema } from './node-schema.ts';
import { stamp } from './stamp.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** What became of it: the supergraph, or what is wrong with the subgraphs. */
export type Composition =
  | { readonly kind: 'composed'; readonly sdl: string }
  | { readonly kind: 'faulty'; readonly message: string; readonly faults?: readonly string[] };

// A thread that composes these subgraphs and ends.
parentPort?.postMessage(compose(workerData as readonly SubgraphSource[]));

function compose(given: readonly SubgraphSource[]): Composition {
  try {
    // The node subgraph follows from the others.
    const sources = given.map((source) => (source.name === nodeSubgraphName ? { ...source, sdl: printNodeSchema(given) } : source));
    return { kind: 'composed', sdl: stamp(composeSupergraph(sources), sources) };
  } catch (error) {
    if (error instanceof CompositionError) return { kind: 'faulty', message: error.message, faults: error.faults };
    if (error instanceof OperatorError) return { kind: 'faulty', message: error.message };
    throw error;
  }
}
