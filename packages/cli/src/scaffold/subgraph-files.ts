import { pascal } from './names.ts';

/** The files of a new, empty domain, by path from the project's folder. */
export function subgraphFiles(domain: string): Record<string, string> {
  const name = pascal(domain);
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  return {
    [`prisma/${domain}/package.json`]: json({
      name: `@forge/prisma-${domain}`, private: true, type: 'module', exports: { '.': './index.ts' },
      dependencies: { '@prisma/adapter-pg': 'catalog:', '@prisma/client': 'catalog:' }, devDependencies: { prisma: 'catalog:' },
    }),
    [`subgraphs/${domain}/package.json`]: json({
      name: `@forge/subgraph-${domain}`, private: true, type: 'module', scripts: { start: 'exec ../../node_modules/node/bin/node src/main.ts' }, exports: { '.': './src/index.ts' },
      dependencies: { [`@forge/prisma-${domain}`]: 'workspace:*', '@forge/subgraph-kit': 'workspace:*', '@forge/subgraph-server': 'workspace:*', 'zod': 'catalog:' }, devDependencies: { '@forge/testing': 'workspace:*' },
    }),
    [`subgraphs/${domain}/README.md`]: `# ${name}\n\n(describe) What this domain owns, what it contributes to others, what it listens to.\n`,
    [`subgraphs/${domain}/src/context.ts`]: `import type { PrismaClient } from '@forge/prisma-${domain}';
import type { KitContext } from '@forge/subgraph-kit';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface ${name}Context extends KitContext {
  readonly prisma: PrismaClient;
  now(): Date;
}
`,
    [`subgraphs/${domain}/src/background.ts`]: `import type { PrismaClient } from '@forge/prisma-${domain}';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  return startBackground({ domain: '${domain}', prisma, settings });
}
`,
    [`subgraphs/${domain}/src/index.ts`]: `import { PrismaClient, prismaAdapter } from '@forge/prisma-${domain}';
import { createPool, createSubgraph, readTypeDefs, transactionOptions, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import { startDomainBackground } from './background.ts';
import type { ${name}Context } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The ${domain} subgraph on its own database. */
export function create${name}Subgraph(settings: SubgraphSettings): Promise<Subgraph> {
  const { logger, now = () => new Date() } = settings;
  const pool = createPool(settings);
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool), transactionOptions });
  const background = startDomainBackground(prisma, settings);
  return createSubgraph<${name}Context>({ name: '${domain}', typeDefs, resolvers, pool, logger, background, extendContext: (base) => ({ ...base, prisma, now }) });
}
`,
    [`subgraphs/${domain}/src/main.ts`]: `import { runSubgraph } from '@forge/subgraph-server';

// This subgraph in a process of its own.
await runSubgraph({
  domain: '${domain}',
  env: process.env,
  create: async (settings) => (await import('./index.ts')).create${name}Subgraph(settings),
});
`,
    [`subgraphs/${domain}/src/resolvers.ts`]: 'export const resolvers = [\n];\n',
  };
}

/** Files that are the same in every domain, by path in the domain's folder of prisma/. */
export const sharedPrismaFiles = ['schema.prisma', 'prisma.config.ts', 'index.ts', 'models/CallbackDedup.prisma', 'models/EventOutbox.prisma'];
