import { Command } from 'commander';
import { listDomains } from '../domains.ts';
import type { Forge } from '../forge.ts';

/** `forge generate`: the Prisma clients, which main.ts has seen to already, and the types of each domain's GraphQL schema. */
export function generateCommand({ projectDir }: Forge): Command {
  return new Command('generate')
    .description('write the Prisma clients and GraphQL types that are not in the repository, where a schema has changed')
    .action(async () => {
      // What generates is not in a production's image.
      const { generateGraphqlTypes } = await import('../graphql-types.ts');
      for (const domain of listDomains(projectDir)) {
        if (await generateGraphqlTypes(projectDir, domain)) console.log(`subgraphs/${domain}/src/generated/graphql.ts`);
      }
    });
}
