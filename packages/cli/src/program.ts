import { Command } from 'commander';
import { benchCommand } from './commands/bench.ts';
import { checkCommand } from './commands/check.ts';
import { composeCommand } from './commands/compose.ts';
import { dbCommand } from './commands/db.ts';
import { eventsCommand } from './commands/events.ts';
import { generateCommand } from './commands/generate.ts';
import { keyCommand } from './commands/key.ts';
import { newCommand } from './commands/new.ts';
import { retentionCommand } from './commands/retention.ts';
import { secretsCommand } from './commands/secrets.ts';
import { seedCommand } from './commands/seed.ts';
import { simulateCommand } from './commands/simulate.ts';
import { upCommand } from './commands/up.ts';
import { verifyCommand } from './commands/verify.ts';
import type { Forge } from './forge.ts';

/** The `forge` program: one file in `commands/` and one line here for each command. */
export function createProgram(forge: Forge): Command {
  return new Command('forge')
    .description('Runs, checks and maintains Forge Graph.')
    // An option belongs to the command that it follows.
    .enablePositionalOptions()
    .addCommand(upCommand(forge))
    .addCommand(seedCommand(forge))
    .addCommand(generateCommand(forge))
    .addCommand(composeCommand(forge))
    .addCommand(dbCommand(forge))
    .addCommand(newCommand(forge))
    .addCommand(checkCommand(forge))
    .addCommand(simulateCommand(forge))
    .addCommand(verifyCommand(forge))
    .addCommand(eventsCommand(forge))
    .addCommand(retentionCommand(forge))
    .addCommand(secretsCommand(forge))
    .addCommand(keyCommand(forge))
    .addCommand(benchCommand(forge));
}
