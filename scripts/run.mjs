// Everything starts here, on whatever Node the machine has: install what is missing, then run `forge <command>` (or, as
// `bench <name>`, a bench) on the project's own Node.
import { existsSync } from 'node:fs';
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
const [command, ...rest] = process.argv.slice(2);
const ready = await installWhenStale(projectDir);
process.exit(ready || (await run(join(projectDir, 'node_modules/node/bin/node'), program())));

/** What the project's Node is given: the forge program, or the file of a bench. */
function program() {
  if (command !== 'bench') return [join(projectDir, 'packages/cli/src/main.ts'), ...process.argv.slice(2)];
  const [name = '', ...args] = rest;
  const file = join(projectDir, 'bench', `${name}.ts`);
  if (/^[a-z0-9-]+$/.test(name) && existsSync(file)) return [file, ...args];
  console.error(`There is no bench "${name}": a bench is a file bench/<name>.ts, run by \`pnpm bench <name>\`.`);
  process.exit(1);
}
