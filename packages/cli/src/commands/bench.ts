import { OperatorError } from '@forge/config';
import { Command } from 'commander';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Forge } from '../forge.ts';

/** What a file in `bench/` exports: measures, and prints what it found. */
interface Bench {
  run(forge: Forge): Promise<void>;
}

/** `forge bench <name>`, which is `pnpm bench <name>`: measures what the project promises about its speed. */
export function benchCommand(forge: Forge): Command {
  const folder = join(forge.projectDir, 'bench');
  const names = readdirSync(folder).filter((file) => file.endsWith('.bench.ts')).map((file) => file.replace('.bench.ts', ''));
  return new Command('bench')
    .description(`measure; the benches are ${names.join(', ')}`)
    .argument('<name>', 'which')
    .action(async (name: string) => {
      if (!names.includes(name)) throw new OperatorError(`There is no bench "${name}"; there are ${names.join(', ')}.`);
      const { run } = (await import(join(folder, `${name}.bench.ts`))) as Bench;
      await run(forge);
    });
}
