// Everything starts here, on whatever Node the machine has: install what is missing, then run `forge <command>` on the
// project's own Node.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { passSignals, run } from './child-process.mjs';
import { installWhenStale } from './install.mjs';

const oldestNode = 20;
const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(`This is Node ${process.versions.node}; Node ${oldestNode} or newer is needed to start. (The project then runs on its own.)`);
  process.exit(1);
}

passSignals();
const ready = await installWhenStale(projectDir);
process.exit(ready || (await run(join(projectDir, 'node_modules/node/bin/node'), [join(projectDir, 'packages/cli/src/main.ts'), ...process.argv.slice(2)])));
