// What a container runs: `gateway`, a subgraph by its name, or a command of `forge` with its arguments, in this very process.
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { secretsFromFiles } from './secrets-from-files.mjs';

const projectDir = join(import.meta.dirname, '..');

endOnSignals();
try {
  Object.assign(process.env, secretsFromFiles(process.env));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(programOf(process.argv[2]));

function programOf(name = '') {
  const own = name === 'gateway' ? 'gateway/src/main.ts' : `subgraphs/${name}/src/main.ts`;
  const isService = /^\w+$/.test(name) && existsSync(join(projectDir, own));
  return join(projectDir, isService ? own : 'packages/cli/src/main.ts');
}

/** To process 1 of a container a signal that nobody listens to means nothing: until the program listens, it ends here. */
function endOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}
