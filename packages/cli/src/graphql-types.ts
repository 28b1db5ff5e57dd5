import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { buildSchema, readTypeDefs } from '@forge/subgraph-kit';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Kind, parse, print, type DocumentNode } from 'graphql';
import { printSubgraphSchema } from '@apollo/subgraph';

/**
 * Writes the TypeScript types of a domain's schema to `subgraphs/<domain>/src/generated/graphql.ts`, when the schema has
 * changed since the last time: arguments, inputs, and resolvers whose parent is the `<Type>Row` of the entity's file.
 */
export async function generateGraphqlTypes(projectDir: string, domain: string): Promise<boolean> {
  const folder = join(projectDir, 'subgraphs', domain, 'src');
  const filename = join(folder, 'generated/graphql.ts');
  const typeDefs = readTypeDefs(folder);
  const mappers = { ...stubTypes(typeDefs), ...rowTypes(folder) };
  const stamp = `// ${createHash('sha256').update(print(typeDefs)).update(JSON.stringify(mappers)).update(readFileSync(import.meta.filename)).digest('hex')}\n`;
  if (existsSync(filename) && readFileSync(filename, 'utf8').startsWith(stamp)) return false;

  const schema = buildSchema(typeDefs, []);
  const text = await codegen({
    filename,
    schema: parse(printSubgraphSchema(schema)),
    schemaAst: schema,
    documents: [],
    config: {},
    plugins: [{ typescript: options }, { typescriptResolvers: { ...options, ...resolverOptions(domain, mappers) } }],
    pluginMap: { typescript, typescriptResolvers },
  });
  mkdirSync(dirname(filename), { recursive: true });
  writeFileSync(filename, stamp + text);
  return true;
}

const options = {
  enumsAsTypes: true,
  useTypeImports: true,
  defaultScalarType: 'unknown',
  // An input field that may be left out may also be null; undefined is what GraphQL leaves out.
  inputMaybeValue: 'T | null | undefined',
  scalars: {
    ID: 'string',
    DateTime: 'Date',
    Decimal: 'string',
    BigInt: 'string',
  },
};

function resolverOptions(domain: string, mappers: Record<string, string>) {
  const context = `${domain[0]?.toUpperCase()}${domain.slice(1)}Context`;
  return { contextType: `../context.ts#${context}`, federation: true, mappers, makeResolverTypeCallable: true };
}

/** Every entity stands for a reference, until `rowTypes` knows better: those of other domains never do. */
function stubTypes(typeDefs: DocumentNode): Record<string, string> {
  const entities = typeDefs.definitions.filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter(({ directives }) => directives?.some((directive) => directive.name.value === 'key'));
  return Object.fromEntries(entities.map(({ name }) => [name.value, '@forge/subgraph-kit#EntityStub']));
}

/** `Workflow: '../workflow/workflow.entity.ts#WorkflowRow'` for each entity's folder. */
function rowTypes(folder: string): Record<string, string> {
  const entities = readdirSync(folder).filter((name) => existsSync(join(folder, name, `${name}.entity.ts`)));
  return Object.fromEntries(entities.map((name) => {
    const type = name.split('-').map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('');
    return [type, `../${name}/${name}.entity.ts#${type}Row`];
  }));
}
