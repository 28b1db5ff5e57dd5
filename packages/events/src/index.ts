export { batchMediaType, type Arrival, type CloudEvent, type Deliver, type Outcome, type Receive } from './cloud-event.ts';
export { eventTypes, type EventData, type EventType } from './event-types.ts';
export { deliverOverHttp, mostEvents, readDelivery, type HttpDelivery } from './http.ts';
export { deliverInProcess, type InProcessDelivery } from './in-process.ts';
export { publish, publishAll, relayTask, type NewEvent } from './publish.ts';
export { createReceiver, type DomainEvent, type EventHandler, type EventHandlers } from './receive.ts';
export { relay } from './relay.ts';
export { listUndelivered, replayEvents, setAsideAmong, type Undelivered } from './undelivered.ts';
