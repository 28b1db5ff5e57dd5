export { endsWithLastAnswer } from './ends-with-last-answer.ts';
export { listen, type Address } from './listen.ts';
export { liveUntilAsked, runMain, type Life } from './live-until-asked.ts';
export { isLoopback } from './loopback.ts';
export { announceReady, readyAddressIn } from './ready.ts';
