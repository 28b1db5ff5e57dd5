import { runChaos } from '../acceptance/chaos.ts';
const t = performance.now();
const [runs = 20, kills = 6, seed = 4, rate = 100] = process.argv.slice(2).map(Number);
const { killed } = await runChaos({ runs, rate, kills, apart: [800, 2_500], seed, timeoutSeconds: 600, say: (l) => console.log(((performance.now() - t) / 1000).toFixed(1), l) });
console.log(killed);
console.log((performance.now() - t) / 1000);
