import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { batchMediaType, type Arrival, type Deliver } from './cloud-event.ts';
import { isSigned, sign } from './signature.ts';

export interface HttpDelivery {
  readonly deliver: Deliver;
  close(): Promise<void>;
}

/** How many events a request may have at most. */
export const mostEvents = 100;

const outcomes = z.array(z.object({ id: z.string(), error: z.string().nullable() }));
const arrivals = z.array(z.looseObject({ id: z.string() })).max(mostEvents);

/** Takes events over HTTP, signed with the first of `secrets`; `urlOf` says where a subscriber takes them. */
export function deliverOverHttp(urlOf: (subscriber: string) => string, secrets: readonly Buffer[]): HttpDelivery {
  const [secret] = secrets;
  if (!secret) throw new Error('events cannot be signed without a secret');
  const agent = new Agent({ connections: 2, keepAliveTimeout: 30_000, connect: { timeout: 5_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 });
  return {
    async deliver(subscriber, batch, signal) {
      const body = JSON.stringify(batch);
      const headers = { 'content-type': batchMediaType, ...sign(body, { secret, id: randomUUID(), now: new Date() }) };
      const answer = await request(urlOf(subscriber), { method: 'POST', body, headers, signal, dispatcher: agent });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`it answered ${answer.statusCode}: ${text.slice(0, 300)}`);
      return outcomes.parse(JSON.parse(text));
    },
    close: () => agent.close(),
  };
}

/** Why a delivery is not looked at: nobody known has signed it, or it is no batch of events. */
type Refusal = 'unsigned' | 'malformed';

/** What is in a delivery that came over HTTP. */
export function readDelivery(body: string, headers: Readonly<Record<string, unknown>>, secrets: readonly Buffer[]): readonly Arrival[] | Refusal {
  if (!isSigned(body, headers, { secrets, now: new Date() })) return 'unsigned';
  try {
    return arrivals.parse(JSON.parse(body));
  } catch {
    return 'malformed';
  }
}
