import { GraphError, NoAnswerError } from './graph.ts';
import { count, type Tally } from './tally.ts';

/** What `act` gives, or `nothing` when the graph would not or could not do it: who lives off a platform outlives what goes wrong with one call. */
export async function outlive<T>(tally: Tally, nothing: T, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof GraphError || error instanceof NoAnswerError)) throw error;
    count(tally.refusals, error.message);
    return nothing;
  }
}
