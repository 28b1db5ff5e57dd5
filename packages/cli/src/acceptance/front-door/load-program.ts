import { once } from 'node:events';
import { runLoad, type LoadPlan } from './open-loop.ts';

// Clients in a process of their own: what keeps others busy does not make them late. Told what to do, they say when they begin, and what
// became of it; told anything more, that it is enough.
const [plan] = (await once(process, 'message')) as [LoadPlan];
const enough = new AbortController();
process.once('message', () => enough.abort());
process.send?.('begun');
const recorded = await runLoad(plan, enough.signal);
process.send?.(recorded, undefined, undefined, () => process.disconnect());
