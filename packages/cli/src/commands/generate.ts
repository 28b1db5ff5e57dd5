import { Command } from 'commander';
import { listDomains } from '../domains.ts';
import type { Forge } from '../forge.ts';
import { generateGraphqlTypes } from '../graphql-types.ts';

/** `forge generate`: the Prisma clients, which main.ts has seen to already, and the types of each domain's GraphQL schema. */
export function generateCommand({ projectDir }: Forge): Command {
  return new Command('generate')
    .description('write the Prisma clients and GraphQL types that are not in the repository, where a schema has changed')
    .action(async () => {
      for (const domain of listDomains(projectDir)) {
        if (await generateGraphqlTypes(projectDir, domain)) console.log(`subgraphs/${domain}/src/generated/graphql.ts`);
      }
    });
}
