import { Command } from 'commander';
import { relative } from 'node:path';
import type { Forge } from '../forge.ts';
import { readModel } from '../scaffold/model.ts';
import { newEntities } from '../scaffold/new-entity.ts';
import { newSubgraph } from '../scaffold/new-subgraph.ts';

/** `forge new`: the files of an entity or a domain, in the shape of all others; they belong to their owner from then on. */
export function newCommand({ projectDir }: Forge): Command {
  const show = (paths: readonly string[]) => console.log(paths.map((path) => relative(projectDir, path)).join('\n'));
  const command = new Command('new').description('make the files of an entity or a subgraph');
  command.command('entity')
    .description('make the files of entities that docs/model.yaml describes, and the edges that have both ends by now')
    .argument('<domain>', 'a folder of subgraphs/')
    .argument('<names...>', 'such as WorkflowRun')
    .action((domain: string, names: string[]) => {
      show(newEntities(projectDir, readModel(projectDir), domain, names));
      console.log(`\nNext: write what says (describe) and the rules, then\n  pnpm forge db diff ${domain} <name>\n  pnpm forge generate && pnpm forge compose\n  pnpm forge check subgraphs/${domain}`);
    });
  command.command('subgraph')
    .description('make an empty domain, and make it known to the gateway')
    .argument('<name>', 'the domain, in lower case')
    .action((name: string) => {
      show(newSubgraph(projectDir, name));
      console.log(`\nNext: pnpm install, then pnpm forge new entity ${name} <Names>`);
    });
  return command;
}
