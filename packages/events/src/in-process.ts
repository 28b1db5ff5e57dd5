import type { Deliver, Receive } from './cloud-event.ts';

/** Takes events from one subgraph to another in the same process. */
export interface InProcessDelivery {
  readonly deliver: Deliver;
  /** From now on `subscriber` takes events. */
  connect(subscriber: string, receive: Receive): void;
}

/** What is sent is turned into JSON and back, as over HTTP. */
export function deliverInProcess(): InProcessDelivery {
  const receivers = new Map<string, Receive>();
  return {
    connect: (subscriber, receive) => void receivers.set(subscriber, receive),
    async deliver(subscriber, events) {
      const receive = receivers.get(subscriber);
      if (!receive) throw new Error('it has not started');
      return receive(JSON.parse(JSON.stringify(events)) as typeof events);
    },
  };
}
