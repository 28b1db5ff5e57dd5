import { countedRunRetention } from './counted-run-retention.ts';
import { tokenEventRetention } from './token-event-retention.ts';

/** What this domain forgets, and when. */
export const retention = [tokenEventRetention, countedRunRetention];
