import { OperatorError } from '@forge/config';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from './contract.ts';
import { completeEdges, folderOf } from './edges.ts';
import { addIdPrefix, addImport, create, edit } from './edit.ts';
import { entityFile, operationFile, resolversFile } from './entity-files.ts';
import { verbsOf } from './inputs.ts';
import type { Entity, Model } from './model.ts';
import { camel, kebab } from './names.ts';
import { prismaModel } from './prisma-model.ts';
import { rulesFile } from './rules-file.ts';
import { testFile } from './test-file.ts';

/**
 * Makes the files of entities that docs/model.yaml describes, and completes every edge that has both its ends by now.
 * Answers the files it made or changed.
 */
export function newEntities(projectDir: string, model: Model, domain: string, names: readonly string[]): string[] {
  const entities = [...new Set(names)].map((name) => entityToMake(projectDir, model, domain, name));
  return [...new Set([...entities.flatMap((entity) => makeFiles(projectDir, model, entity)), ...completeEdges(projectDir, model)])];
}

function entityToMake(projectDir: string, model: Model, domain: string, name: string): Entity {
  const entity = model.entity(name);
  if (entity.domain !== domain) throw new OperatorError(`docs/model.yaml has ${name} in the domain ${entity.domain}, not in ${domain}`);
  if (!existsSync(join(projectDir, 'subgraphs', domain))) throw new OperatorError(`There is no domain ${domain} yet; make it with: pnpm forge new subgraph ${domain}`);
  if (existsSync(folderOf(projectDir, entity))) throw new OperatorError(`${name} is there already: ${folderOf(projectDir, entity)}`);
  return entity;
}

function makeFiles(projectDir: string, model: Model, entity: Entity): string[] {
  const { domain, name } = entity;
  const file = kebab(name);
  const own = {
    [`${file}.graphql`]: contract(entity),
    [`${file}.entity.ts`]: entityFile(entity),
    [`${file}.resolvers.ts`]: resolversFile(entity),
    [`${file}.test.ts`]: testFile(entity, model),
    ...(verbsOf(entity).length > 0 && { [`${file}.rules.ts`]: rulesFile(entity) }),
    ...Object.fromEntries(verbsOf(entity).map((verb) => [`${verb}-${file}.ts`, operationFile(verb, entity)])),
  };
  const made = [
    [join(projectDir, 'prisma', domain, 'models', `${name}.prisma`), prismaModel(entity)] as const,
    ...Object.entries(own).map(([path, text]) => [join(folderOf(projectDir, entity), path), text] as const),
  ];
  for (const [path, text] of made) create(path, text);
  const list = join(projectDir, 'subgraphs', domain, 'src/resolvers.ts');
  edit(list, (text) => register(text, name));
  const prefixes = join(projectDir, 'packages/subgraph-kit/src/type-ids.ts');
  return [...made.map(([path]) => path), list, ...(edit(prefixes, (text) => addIdPrefix(text, entity)) ? [prefixes] : [])];
}

function register(text: string, name: string): string {
  const resolvers = `${camel(name)}Resolvers`;
  const statement = `import { ${resolvers} } from './${kebab(name)}/${kebab(name)}.resolvers.ts';`;
  const imported = text.startsWith('import') ? addImport(text, statement) : `${statement}\n\n${text}`;
  // What this domain adds to others stays last.
  return imported.replace(/(\n {2}externalResolvers,)?\n\];\n$/, (end) => `\n  ${resolvers},${end}`);
}
