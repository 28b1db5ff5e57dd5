import { OperatorError } from '@forge/config';
import { Refusal, refuse } from '../errors/refusal.ts';
import type { BrokenOperation, Warming, WarmRelease } from '../planning/warm-plans.ts';
import { CompositionError } from '../supergraph/composition-error.ts';
import type { Composer } from '../supergraph/composer.ts';
import type { Releases } from '../supergraph/releases.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { SupergraphBody } from './supergraph-body.ts';

/** What the routes need of a release. */
export type AdminRelease = WarmRelease & { readonly supergraph: Supergraph };

export interface ReplaceQuery {
  /** Do everything but put it to use. */
  readonly dryRun: boolean;
  /** Refuse it when an operation that has been in use would be answered no more. */
  readonly strict: boolean;
}

/** What became of a supergraph that was sent. */
export interface ReplaceAnswer {
  /** Of the supergraph that was sent, and of the one in use before. */
  readonly id: string;
  readonly previous: string;
  /** Whether it is in use now and was not before. */
  readonly changed: boolean;
  readonly dryRun: boolean;
  /** How many operations have their plan already. */
  readonly warmed: number;
  /** Operations that have been in use and can be answered no more. */
  readonly broken: readonly BrokenOperation[];
  readonly milliseconds: number;
}

/** Replaces the supergraph by what was sent. Throws a Refusal when it is not fit for use, or another was faster. */
export type ReplaceSupergraph = (body: SupergraphBody, query: ReplaceQuery) => Promise<ReplaceAnswer>;

export function createReplaceSupergraph(releases: Releases<AdminRelease, Warming>, composer: Composer): ReplaceSupergraph {
  let lastTurn: Promise<unknown> = Promise.resolve();

  async function replace(body: SupergraphBody, { dryRun, strict }: ReplaceQuery): Promise<ReplaceAnswer> {
    const began = performance.now();
    const inUse = releases.current().supergraph;
    const { sdl, sources } = 'sdl' in body ? { ...body, sources: undefined } : await composer.compose(body.changes, inUse);
    const replacement = await releases.replace(sdl, { dryRun, ...(strict && { approve: refuseBroken }) });
    if (replacement.kind === 'overtaken') throw refuse('CONFLICT', `Another supergraph, ${replacement.by}, was brought meanwhile and is in use. Look at it, and send yours again.`, { status: 409 });
    if (sources && replacement.kind !== 'checked') composer.remember(replacement.id, sources);
    const { warmed, broken } = replacement.kind === 'same' ? { warmed: 0, broken: [] } : replacement.warmed;
    return {
      id: replacement.id, previous: replacement.kind === 'same' ? replacement.id : replacement.previous, changed: replacement.kind === 'replaced', dryRun,
      warmed, broken, milliseconds: Math.round(performance.now() - began),
    };
  }

  return async (body, query) => {
    // One after the other: subgraphs that have changed are put to those in use when their turn comes, so that no change is lost.
    const turn = lastTurn.then(() => replace(body, query));
    lastTurn = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      if (error instanceof CompositionError) throw new Refusal(error.faults.map((message) => ({ message, extensions: { code: 'NOT_COMPOSED' } })), { status: 422 });
      throw refuse('SUPERGRAPH_REFUSED', error.message, { status: 422 });
    }
  };
}

function refuseBroken({ broken }: Warming): void {
  if (broken.length === 0) return;
  const listed = broken.map(({ operation, faults }) => `${operation}\n  ${faults.join('\n  ')}`);
  throw new OperatorError(`${broken.length === 1 ? 'An operation' : `${broken.length} operations`} that clients use would be answered no more:\n\n${listed.join('\n\n')}`);
}
