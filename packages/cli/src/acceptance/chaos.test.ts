import { runChaos } from './chaos.ts';

test('with subgraphs killed at random and answers lost, every run ends, no attempt is begun twice, and every cent is accounted for', async () => {
  const said: string[] = [];
  const { simulated, verified, killed } = await runChaos({ runs: 20, rate: 100, kills: 6, apart: [800, 2_500], seed: 4, timeoutSeconds: 100, say: (line) => said.push(line) });
  const { tally, unfinished } = simulated;
  const { differences, pending, setAside } = verified;
  expect({ killed: killed.length, unfinished, doubled: tally.doubled, differences, pending, setAside, said }).toEqual({ killed: 6, unfinished: [], doubled: [], differences: [], pending: 0, setAside: 0, said });
  expect([tally.runsStarted, [...tally.runsEnded.values()].reduce((sum, runs) => sum + runs, 0)]).toEqual([20, 20]);
  expect(Math.min(tally.dropped, tally.stepsCompleted, verified.checked.get('debits of token events') ?? 0)).toBeGreaterThan(0);
}, 200_000);
