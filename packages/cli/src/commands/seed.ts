import { OperatorError } from '@forge/config';
import { seedIfEmpty } from '@forge/demo-data';
import { Command } from 'commander';
import type { Forge } from '../forge.ts';
import { openPlatform } from '../platform.ts';

/** `forge seed`: the demo organisation, into databases that hold nothing yet. */
export function seedCommand(forge: Forge): Command {
  return new Command('seed')
    .description('fill empty databases with the demo organisation')
    .action(async () => {
      const { database, urls } = await openPlatform(forge, console.log);
      try {
        const outcome = await seedIfEmpty({ urls, onProgress: console.log });
        if (outcome === 'not empty') throw new OperatorError('The databases hold data of their own; demo data goes into empty ones only. Nothing was changed.');
        if (outcome === 'seeded before') console.log('The demo data is there already; nothing was changed.');
      } finally {
        await database.stop();
      }
    });
}
