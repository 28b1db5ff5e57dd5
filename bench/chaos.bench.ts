import { runChaos } from '@forge/cli/src/acceptance/chaos.ts';
import type { Forge } from '@forge/cli/src/forge.ts';

const promised = { runs: 200, kills: 50 };

/**
 * Two hundred runs by four runtimes that lose one answer in twenty, while processes of the platform are killed with -9 fifty times at
 * random: whether every run ends, no attempt is begun twice, and nothing is counted twice or lost.
 */
export async function run(_: Forge): Promise<void> {
  const seed = Math.ceil(Math.random() * 1_000_000);
  console.log(`seed ${seed}`);
  const { simulated: { tally, unfinished }, verified, killed } = await runChaos({ ...promised, rate: 90, apart: [1_200, 3_200], seed, timeoutSeconds: 900, say: console.log });
  const faults = [
    ...(killed.length < promised.kills ? [`only ${killed.length} kills before all runs had ended`] : []), ...unfinished, ...tally.doubled.map((attempt) => `begun twice: ${attempt}`),
    ...(verified.differenceCount > 0 ? [`${verified.differenceCount} differences`] : []), ...(verified.pending + verified.setAside > 0 ? [`${verified.pending} events on their way, ${verified.setAside} set aside`] : []),
  ];
  console.log(`${tally.runsStarted} runs, ${killed.length} kills: ${faults.length === 0 ? 'every run ended, no attempt was begun twice, no difference' : faults.join('\n')}`);
  if (faults.length > 0) process.exitCode = 1;
}
