import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { OperatorError } from '@forge/config';
import type { Composition } from './compose-worker.ts';
import { CompositionError } from './composition-error.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/**
 * Composes the supergraph as `forge compose` does, to the same text, in a thread of its own: it takes a second or more. The schema of
 * the subgraph `node`, if it is among them, is generated anew. Rejects with an OperatorError that says what is wrong with the
 * subgraphs, a CompositionError when it is that they do not fit together; and when the signal aborts.
 */
export async function composeInWorker(subgraphs: readonly SubgraphSource[], signal?: AbortSignal): Promise<string> {
  const patience = AbortSignal.any([AbortSignal.timeout(60_000), ...(signal ? [signal] : [])]);
  const worker = new Worker(new URL('./compose-worker.ts', import.meta.url), { name: 'compose', workerData: subgraphs, resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
  try {
    const [composition] = (await once(worker, 'message', { signal: patience })) as [Composition];
    if (composition.kind === 'composed') return composition.sdl;
    throw composition.faults ? new CompositionError(composition.faults) : new OperatorError(composition.message);
  } catch (error) {
    signal?.throwIfAborted();
    throw patience.aborted ? new OperatorError('Composing the subgraphs took longer than a minute.') : error;
  } finally {
    await worker.terminate();
  }
}
