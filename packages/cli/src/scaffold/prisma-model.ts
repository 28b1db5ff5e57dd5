import type { Entity } from './model.ts';
import { changes, newest } from './model.ts';
import type { Field } from './model-field.ts';
import { pascal } from './names.ts';

const types: Readonly<Record<string, string>> = { Decimal: 'Decimal', JSON: 'Json', Date: 'DateTime', URL: 'String', EmailAddress: 'String' };

/** The model's file: its columns and indexes. Relations come with the edges. */
export function prismaModel(entity: Entity): string {
  const { name, table, about } = entity;
  const columns = [
    ['id', 'String'], ['orgId', 'String'],
    ...entity.fields.map((field) => columnOf(entity, field)),
    ['createdAt', 'DateTime', '@default(now()) @db.Timestamptz(3)'],
    ...(changes(entity) ? [['updatedAt', 'DateTime', '@default(now()) @db.Timestamptz(3)']] : []),
  ].map((parts) => `  ${parts.join(' ')}`);
  const enums = entity.fields.flatMap((field) => (field.kind === 'enum' ? [`enum ${enumName(entity, field)} {\n  ${field.values.join('\n  ')}\n}\n`] : []));
  const model = `/// ${about}\nmodel ${name} {\n${columns.join('\n')}\n\n  @@id([orgId, id])\n${constraints(entity).map((line) => `  ${line}\n`).join('')}  @@map("${table}")\n}\n`;
  return [alignModel(model), ...enums].join('\n');
}

export function enumName(entity: Entity, field: Field): string {
  return `${entity.name}${pascal(field.name)}`;
}

function columnOf(entity: Entity, field: Field): string[] {
  const type = field.kind === 'enum' ? enumName(entity, field) : field.kind === 'scalar' ? (types[field.type] ?? field.type) : 'String';
  const attributes = [
    ...(field.kind === 'scalar' ? databaseType(field.name, field.type) : []),
    ...(field.list ? [`@default(${field.initial ?? '[]'})`] : field.initial === undefined ? [] : [`@default(${initial(field)})`]),
  ];
  return [field.name, `${type}${field.list ? '[]' : field.optional ? '?' : ''}`, ...attributes];
}

function initial(field: Field): string {
  return field.kind === 'scalar' && field.type === 'String' ? `"${field.initial ?? ''}"` : (field.initial ?? '');
}

/** Money has ten decimal places, a price per 1,000,000 tokens six. */
function databaseType(name: string, type: string): string[] {
  if (type === 'DateTime') return ['@db.Timestamptz(3)'];
  if (type === 'Date') return ['@db.Date'];
  if (type === 'Decimal') return [/Price$/.test(name) ? '@db.Decimal(18, 6)' : '@db.Decimal(28, 10)'];
  return [];
}

/** Unique within the organisation; an index for the default order and for each the model names. */
function constraints(entity: Entity): string[] {
  const unique = entity.unique.map((columns) => `@@unique([${[...new Set(['orgId', ...columns])].join(', ')}])`);
  const named = entity.index.map((index) => columnsOf(entity, index)).filter((columns) => columns.length > 0);
  const indexes = [[], ...named].map((columns) => `@@index([${[...new Set(['orgId', ...columns, newest(entity), 'id'])].join(', ')}])`);
  const byName = entity.fields.some(({ name }) => name === 'name') ? ['@@index([orgId, name, id])'] : [];
  return [...new Set([...unique, ...indexes, ...byName])];
}

/** `by_gateway` as the columns it means; none when a reference's or the default index serves it already. */
function columnsOf({ fields }: Entity, index: string): string[] {
  if (index.startsWith('[')) return index.slice(1, -1).split(',').map((column) => column.trim());
  const wanted = index.replace('by_', '');
  if (wanted === 'scope') return ['scopeType', 'scopeId'];
  const field = fields.find(({ name }) => name === wanted);
  return field && field.kind !== 'reference' ? [field.name] : [];
}

/** Pads the names and types of a model's fields to one width each. */
export function alignModel(text: string): string {
  const field = /^ {2}([a-z]\w*) +(\S+)(?: +(.*))?$/;
  const body = text.slice(0, text.indexOf('\n  @@id'));
  const width = (at: 1 | 2) => Math.max(...body.split('\n').map((line) => (field.exec(line)?.[at] ?? '').length));
  const [names, kinds] = [width(1), width(2)];
  const aligned = body.split('\n').map((line) => line.replace(field, (_, name: string, kind: string, rest: string | undefined) =>
    `  ${name.padEnd(names)} ${kind.padEnd(kinds)} ${rest ?? ''}`.trimEnd()));
  return aligned.join('\n') + text.slice(body.length);
}
