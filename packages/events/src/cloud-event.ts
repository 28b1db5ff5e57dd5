import { z } from 'zod';

/** An event as it travels: CloudEvents 1.0, JSON format (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md). */
export const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  /** With `source` it is unique; the same however often it is sent. */
  id: z.string().min(1),
  /** `/forge/<domain>`: who tells it. */
  source: z.string().regex(/^\/forge\/[a-z]+$/),
  type: z.string().min(1),
  /** The id of what it is about; events of one subject come in order. */
  subject: z.string().min(1),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** An extension attribute: the organisation whose event it is. */
  orgid: z.string().min(1),
  data: z.unknown(),
});

export type CloudEvent = z.output<typeof cloudEvent>;

/** What came as an event, and may be none: one that is not in order is refused alone, and holds up no other. */
export interface Arrival {
  readonly id: string;
  readonly [attribute: string]: unknown;
}

/** The media type of a batch, section 4 of the JSON format. */
export const batchMediaType = 'application/cloudevents-batch+json';

/** What became of one event at a subscriber: taken, or refused and why. */
export interface Outcome {
  readonly id: string;
  readonly error: string | null;
}

/**
 * Takes events to a subscriber, in this order, and answers what became of each; of one that it says nothing about, nothing
 * became yet. Rejects when the subscriber cannot be reached, or cannot work, and when `signal` is aborted.
 */
export type Deliver = (subscriber: string, events: readonly CloudEvent[], signal: AbortSignal) => Promise<readonly Outcome[]>;

/** Takes events in, at the subscriber. */
export type Receive = (events: readonly Arrival[]) => Promise<readonly Outcome[]>;
