import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectionField } from './contract.ts';
import { toDescribe } from './contract-parts.ts';
import { addGraphqlField, addImport, addKitImport, addPrismaLine, addResolver, create, edit, hasResolver } from './edit.ts';
import { references, type Entity, type Model } from './model.ts';
import { edgeOf, type ReferenceField } from './model-field.ts';
import { camel, kebab, words } from './names.ts';

/** Every edge of the model whose both ends are there gets its field, its way back, its resolvers and its index; answers the files it changed. */
export function completeEdges(projectDir: string, model: Model): string[] {
  const changed = new Set<string>();
  const change = (path: string, how: (text: string) => string) => {
    if (edit(path, how)) changed.add(path);
  };
  const there = (entity: Entity) => existsSync(folderOf(projectDir, entity));
  for (const entity of model.entities.filter(there)) {
    for (const field of references(entity)) {
      const target = model.entity(field.target);
      if (there(target) && !isThere(projectDir, entity, field)) addEdge(projectDir, change, entity, field, target);
    }
  }
  return [...changed];
}

type Change = (path: string, how: (text: string) => string) => void;

function addEdge(projectDir: string, change: Change, entity: Entity, field: ReferenceField, target: Entity): void {
  const inside = entity.domain === target.domain;
  const prisma = (of: Entity) => join(projectDir, 'prisma', of.domain, 'models', `${of.name}.prisma`);
  const index = field.list ? `@@index([${field.name}], type: Gin)` : `@@index([orgId, ${field.name}, ${newestOf(projectDir, entity)}, id])`;
  change(prisma(entity), (text) => addPrismaLine(text, index));
  if (inside && !field.list) {
    change(prisma(entity), (text) => addPrismaLine(text, `${edgeOf(field)} ${target.name}${field.optional ? '?' : ''} @relation("${field.reverse}", fields: [orgId, ${field.name}], references: [orgId, id], onDelete: Restrict, onUpdate: Restrict)`));
    change(prisma(target), (text) => addPrismaLine(text, `${field.reverse} ${entity.name}[] @relation("${field.reverse}")`));
  }
  addReference(projectDir, change, entity, field, target, inside);
  if (inside) addReverse(projectDir, change, entity, field, target);
  else addContribution(projectDir, change, entity, field, target);
}

function addReference(projectDir: string, change: Change, entity: Entity, field: ReferenceField, target: Entity, inside: boolean): void {
  const edge = edgeOf(field);
  const type = field.list ? `[${target.name}]${inside && !field.optional ? '!' : ''} @listSize(assumedSize: 10)` : `${target.name}${inside && !field.optional ? '!' : ''}`;
  change(fileOf(projectDir, entity, 'graphql'), (text) => addGraphqlField(text, entity.name, edge, `  "${toDescribe(`the ${words(edge)} of ${words(entity.name)}`)}"\n  ${edge}: ${type}\n`, field.name));
  const one = inside ? `reference(context, ${camel(target.name)}, ` : `stub('${target.name}', `;
  const rest = inside ? '_, context, info' : '';
  const resolver = field.list
    ? `({ ${field.name} }${rest && `, ${rest}`}) => ${inside ? `Promise.all(${field.name}.map((id) => ${one}id, info)))` : `${field.name}.map((id) => ${one}id))`}`
    : `({ ${field.name} }${rest && `, ${rest}`}) => ${one}${field.name}${inside ? ', info' : ''})`;
  change(fileOf(projectDir, entity, 'resolvers.ts'), (text) => {
    const withKit = addKitImport(text, inside ? 'reference' : 'stub');
    const withEntity = inside && target !== entity ? addImport(withKit, importOf(target, '../')) : withKit;
    return addResolver(withEntity, entity.name, edge, resolver);
  });
}

const wayBack = (entity: Entity, field: ReferenceField) => `({ id }, args, context, info) => connection(context, ${camel(entity.name)}, args, info, { column: '${field.name}', id })`;

function addReverse(projectDir: string, change: Change, entity: Entity, field: ReferenceField, target: Entity): void {
  change(fileOf(projectDir, target, 'graphql'), (text) => addGraphqlField(text, target.name, field.reverse, connectionField(entity, field.reverse, target.name, false)));
  change(fileOf(projectDir, target, 'resolvers.ts'), (text) => {
    const withEntity = target === entity ? text : addImport(text, importOf(entity, '../'));
    return addResolver(withEntity, target.name, field.reverse, wayBack(entity, field));
  });
}

/** What this domain adds to another's entity. */
function addContribution(projectDir: string, change: Change, entity: Entity, field: ReferenceField, target: Entity): void {
  const folder = join(projectDir, 'subgraphs', entity.domain, 'src');
  create(join(folder, 'external.graphql'), '# What this domain adds to the entities of others.\n');
  create(join(folder, 'external.resolvers.ts'), `import { connection } from '@forge/subgraph-kit';\nimport type { Resolvers } from './generated/graphql.ts';\n\nexport const externalResolvers: Resolvers = {\n};\n`);
  change(join(folder, 'external.graphql'), (text) => {
    const withType = new RegExp(`^type ${target.name} `, 'm').test(text) ? text : `${text}\ntype ${target.name} @key(fields: "id") {\n  id: ID!\n}\n`;
    return addGraphqlField(withType, target.name, field.reverse, connectionField(entity, field.reverse, target.name, true));
  });
  change(join(folder, 'external.resolvers.ts'), (text) => addResolver(addImport(text, importOf(entity, './')), target.name, field.reverse, wayBack(entity, field)));
  change(join(folder, 'resolvers.ts'), (text) => addImport(text, `import { externalResolvers } from './external.resolvers.ts';`).replace(/(\n\];)/, (end) => (text.includes('  externalResolvers,') ? end : `\n  externalResolvers,${end}`)));
}

function isThere(projectDir: string, entity: Entity, field: ReferenceField): boolean {
  const resolvers = readFileSync(fileOf(projectDir, entity, 'resolvers.ts'), 'utf8');
  return hasResolver(resolvers, entity.name, edgeOf(field));
}

/** The time that makes "newest first"; its owner may have chosen another than the scaffold did. */
function newestOf(projectDir: string, entity: Entity): string {
  return /^  newest: '(\w+)'/m.exec(readFileSync(fileOf(projectDir, entity, 'entity.ts'), 'utf8'))?.[1] ?? 'createdAt';
}

export function folderOf(projectDir: string, { domain, name }: Entity): string {
  return join(projectDir, 'subgraphs', domain, 'src', kebab(name));
}

function fileOf(projectDir: string, entity: Entity, ending: string): string {
  return join(folderOf(projectDir, entity), `${kebab(entity.name)}.${ending}`);
}

function importOf({ name }: Entity, from: './' | '../'): string {
  return `import { ${camel(name)} } from '${from}${kebab(name)}/${kebab(name)}.entity.ts';`;
}
