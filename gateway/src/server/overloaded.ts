import { refuse, type Refusal } from '../errors/refusal.ts';

export function overloaded(): Refusal {
  return refuse('OVERLOADED', 'The gateway has as much to do as it can. Try again in a moment.', { status: 503, headers: { 'retry-after': '1' } });
}
