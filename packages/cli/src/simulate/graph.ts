import type { Random } from '@forge/demo-data';
import { pause } from './pause.ts';
import type { Tally } from './tally.ts';

/** The public graph, as seen by a client that lives on the other side of a network. */
export interface Graph {
  /**
   * The data that an operation answers with. What may go otherwise next time (no connection, no answer in time, a domain that is
   * away) is asked again, in the same words; so a mutation must carry a key, or be one that may be said twice.
   */
  ask<T>(operation: string, variables?: object): Promise<T>;
}

export interface GraphOptions {
  readonly url: string;
  /** The API key or token it shows; none unless given. */
  readonly key?: string | undefined;
  readonly random: Random;
  readonly tally: Tally;
  /** The share of mutations whose answer is thrown away, though they were carried out. */
  readonly drop: number;
  /** Aborted, it asks nothing again. */
  readonly signal: AbortSignal;
  /** How long to go on asking; three minutes unless given. */
  readonly patienceMilliseconds?: number;
}

/** The graph has answered, and another try would be answered in the same way. */
export class GraphError extends Error {}

/** There was no answer for as long as it makes sense to ask. */
export class NoAnswerError extends Error {}

/** What may go otherwise next time. */
class Disturbance extends Error {}

const answerMilliseconds = 10_000;
const firstWait = 50;
const longestWait = 5_000;
const passing = new Set(['SUBGRAPH_UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']);

export function connectGraph({ url, key, random, tally, drop, signal, patienceMilliseconds = 180_000 }: GraphOptions): Graph {
  return {
    async ask<T>(operation: string, variables: object = {}) {
      const body = JSON.stringify({ query: operation, variables });
      const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
      const started = performance.now();
      for (let tries = 1; ; tries++) {
        try {
          const data = await askOnce<T>(url, headers, body);
          if (!operation.trimStart().startsWith('mutation') || !random.chance(drop)) return data;
          tally.dropped++;
        } catch (error) {
          if (!(error instanceof Disturbance)) throw error;
          if (signal.aborted || performance.now() - started > patienceMilliseconds) throw new NoAnswerError(error.message, { cause: error });
        }
        tally.retried++;
        // Between half of it and all of it, so that those who were disturbed together do not come back together.
        await pause(Math.min(firstWait * 2 ** tries, longestWait) * (0.5 + random.next() / 2), signal);
      }
    },
  };
}

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

type Headers = Readonly<Record<string, string>>;

async function askOnce<T>(url: string, headers: Headers, body: string): Promise<T> {
  const { status, text } = await post(url, headers, body);
  if (status >= 500 || status === 429) throw new Disturbance(`status ${status}`);
  const { data, errors = [] } = parse<T>(text, status);
  const lasting = errors.find(({ extensions }) => !passing.has(extensions?.code ?? ''));
  if (lasting) throw new GraphError(`${lasting.message} (${lasting.extensions?.code ?? `status ${status}`})`);
  if (errors[0]) throw new Disturbance(errors[0].message);
  if (data == null) throw new Disturbance('an answer without data');
  return data;
}

async function post(url: string, headers: Headers, body: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(answerMilliseconds) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    // fetch puts what went wrong below a message that is always the same.
    const { message, cause } = error as Error;
    throw new Disturbance(cause instanceof Error ? cause.message : message, { cause: error });
  }
}

function parse<T>(text: string, status: number): Answer<T> {
  try {
    return JSON.parse(text) as Answer<T>;
  } catch (error) {
    throw new GraphError(`no GraphQL answers there: status ${status}, ${text.slice(0, 100)}`, { cause: error });
  }
}
