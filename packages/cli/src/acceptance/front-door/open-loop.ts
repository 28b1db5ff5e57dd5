import { createRandom } from '@forge/demo-data';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { judge, type Answered, type Verdict } from './judge.ts';
import { nameHere, type Question } from './questions.ts';

/** A question as it goes over the wire, and what is to come back. */
export interface Asking extends Pick<Question, 'kind' | 'weight' | 'mayLack' | 'makes'> {
  /** The bodies of its requests, and their whole answers; one of them is asked each time. */
  readonly pairs: readonly { readonly body: string; readonly whole: string }[];
}

export interface LoadPlan {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rate: number;
  readonly seconds: number;
  /** Clients who have not been told after `seconds` that it is enough go on, for so many seconds in all. */
  readonly atMostSeconds?: number;
  readonly seed: number;
  /** More are not sent while so many wait for their answers. */
  readonly mostUnderWay: number;
  /** Begins the names of what is made. */
  readonly prefix: string;
  readonly askings: readonly Asking[];
}

/** What became of one request. */
export interface Recorded extends Pick<Question, 'kind' | 'mayLack'> {
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** How much later that was than it was due, and how long its answer took, in milliseconds. */
  readonly late: number;
  readonly took: number;
  /** The name of what it makes. */
  readonly name: string;
  readonly verdict: Verdict | { readonly outcome: 'failed'; readonly detail: string } | { readonly outcome: 'not sent' };
}

// Far longer than any operation may take: who waits for so long has been forgotten.
const patienceMilliseconds = 30_000;

/**
 * Asks at a fixed rate, however long answers take: an open loop, as many clients at once make it. Which question comes when is the same
 * for the same seed. Resolves when the last answer is there.
 */
export async function runLoad({ rate, seconds, atMostSeconds = seconds, seed, mostUnderWay, prefix, askings, ...to }: LoadPlan, enough: AbortSignal): Promise<Recorded[]> {
  const random = createRandom(seed);
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity });
  const drawn = askings.flatMap((asking) => Array.from({ length: asking.weight }, () => asking));
  const recorded: Recorded[] = [];
  const underWay = new Set<Promise<void>>();

  async function ask(number: number, late: number): Promise<void> {
    const asking = random.pick(drawn);
    const { body, whole } = random.pick(asking.pairs);
    const name = `${prefix}-${number}`;
    const [at, sent] = [Date.now(), performance.now()];
    const record = (verdict: Recorded['verdict']) => void recorded.push({ kind: asking.kind, mayLack: asking.mayLack, at, late, took: performance.now() - sent, name, verdict });
    if (underWay.size >= mostUnderWay) {
      record({ outcome: 'not sent' });
      return;
    }
    try {
      const answered = await post(to, agent, body.replace(nameHere, name));
      record(judge(answered, whole.replace(nameHere, name), asking.mayLack));
    } catch (error) {
      record({ outcome: 'failed', detail: String(error) });
    }
  }

  const began = performance.now();
  for (let number = 0; number < rate * (enough.aborted ? seconds : atMostSeconds); number++) {
    const due = (number * 1_000) / rate;
    while (performance.now() - began < due) await sleep(1);
    const asked: Promise<void> = ask(number, performance.now() - began - due).finally(() => underWay.delete(asked));
    underWay.add(asked);
  }
  await Promise.all(underWay);
  agent.destroy();
  return recorded;
}

function post({ url, headers }: Pick<LoadPlan, 'url' | 'headers'>, agent: Agent, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, timeout: patienceMilliseconds }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    asking.on('timeout', () => asking.destroy(new Error(`no answer within ${patienceMilliseconds} ms`)));
    asking.on('error', reject);
    asking.end(body);
  });
}
