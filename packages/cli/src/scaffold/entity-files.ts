import { ordersOf } from './contract.ts';
import { verbsOf, type Verb } from './inputs.ts';
import { changes, newest, type Entity } from './model.ts';
import type { Field } from './model-field.ts';
import { camel, kebab, pascal, plural } from './names.ts';

const kinds: Readonly<Record<string, string>> = {
  String: 'text', Int: 'int', BigInt: 'bigint', Float: 'float', Decimal: 'decimal', Boolean: 'boolean', DateTime: 'time', Date: 'date', JSON: 'json', URL: 'text', EmailAddress: 'text',
};

/** `<entity>.entity.ts`: what the kit has to know. */
export function entityFile(entity: Entity): string {
  const { name, table } = entity;
  const columns = entity.fields.filter(({ kind }) => kind !== 'secret').map((field) => `    ${field.name}: '${kindOf(field)}',\n`);
  const time = newest(entity);
  return `import { entity, type RowOf } from '@forge/subgraph-kit';

export const ${camel(name)} = entity({
  type: '${name}',
  table: '${table}',
  columns: {
${columns.join('')}${changes(entity) ? "    updatedAt: 'time',\n" : ''}  },
  orderBy: { ${ordersOf(entity).map(({ value, column }) => `${value}: '${column}'`).join(', ')} },
${time === 'createdAt' ? '' : `  newest: '${time}',\n`}});

export type ${name}Row = RowOf<typeof ${camel(name)}>;
`;
}

function kindOf(field: Field): string {
  const kind = field.kind === 'enum' ? 'enum' : field.kind === 'reference' ? `id:${field.target}` : field.kind === 'scalar' ? kinds[field.type] : 'text';
  return `${kind ?? 'text'}${field.list ? '[]' : ''}${field.optional ? '?' : ''}`;
}

/** `<entity>.resolvers.ts`. Edges come by `completeEdges`. */
export function resolversFile(entity: Entity): string {
  const { name } = entity;
  const [one, file] = [camel(name), kebab(name)];
  const verbs = verbsOf(entity);
  const own = [`import { ${one} } from './${file}.entity.ts';\n`, ...verbs.map((verb) => `import { ${verb}${name} } from './${verb}-${file}.ts';\n`)].sort();
  const mutation = `  Mutation: {\n${verbs.map((verb) => `    ${verb}${name}: (_, { input }, context) => ${verb}${name}(input, context),\n`).join('')}  },\n`;
  return `import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
${own.join('')}
export const ${one}Resolvers: Resolvers = {
  Query: {
    ${one}: (_, { id }, context, info) => findById(context, ${one}, id, info),
    ${plural(one)}: (_, args, context, info) => connection(context, ${one}, args, info),
  },
  ${name}: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, ${one}, id, info),
  },
${verbs.length > 0 ? mutation : ''}};
`;
}

/** One plain mutation: `create-<entity>.ts` and so on. */
export function operationFile(verb: Verb, entity: Entity): string {
  return { create: createFile, update: updateFile, delete: deleteFile }[verb](entity, `${pascal(entity.domain)}Context`);
}

function createFile({ name }: Entity, context: string): string {
  const [one, file] = [camel(name), kebab(name)];
  return `import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { ${context} } from '../context.ts';
import type { Create${name}Input } from '../generated/graphql.ts';
import { ${one} } from './${file}.entity.ts';
import { create${name}Rules } from './${file}.rules.ts';

export function create${name}(input: Create${name}Input, context: ${context}) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(create${name}Rules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'create${name}', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.${one}.create({ data: { ...data, id: newId('${name}'), orgId } })).id),
    );
    return { ${one}: await reload(context, ${one}, id) };
  });
}
`;
}

function updateFile({ name }: Entity, context: string): string {
  const [one, file] = [camel(name), kebab(name)];
  return `import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { ${context} } from '../context.ts';
import type { Update${name}Input } from '../generated/graphql.ts';
import { ${one} } from './${file}.entity.ts';
import { update${name}Rules } from './${file}.rules.ts';

export function update${name}(input: Update${name}Input, context: ${context}) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(update${name}Rules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.${one}.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, ${one}, id);
    return { ${one}: await reload(context, ${one}, id) };
  });
}
`;
}

function deleteFile({ name }: Entity, context: string): string {
  const [one, file] = [camel(name), kebab(name)];
  return `import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { ${context} } from '../context.ts';
import type { Delete${name}Input } from '../generated/graphql.ts';
import { ${one} } from './${file}.entity.ts';
import { delete${name}Rules } from './${file}.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: other rows refer to it; delete them first');

export function delete${name}(input: Delete${name}Input, context: ${context}) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(delete${name}Rules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.${one}.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, ${one}, id);
    return { deletedId: id };
  });
}
`;
}
