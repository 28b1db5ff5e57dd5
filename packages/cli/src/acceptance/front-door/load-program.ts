import { once } from 'node:events';
import { runLoad, type LoadPlan } from './open-loop.ts';

// Clients in a process of their own: what keeps others busy does not make them late. Told what to do, they say when they begin, and what
// became of it.
const [plan] = (await once(process, 'message')) as [LoadPlan];
process.send?.('begun');
const recorded = await runLoad(plan);
process.send?.(recorded, undefined, undefined, () => process.disconnect());
