import { inputFields, verbsOf } from './inputs.ts';
import type { Entity } from './model.ts';
import type { Field } from './model-field.ts';

/** `<entity>.rules.ts`: what inputs must keep to, as far as types tell. */
export function rulesFile(entity: Entity): string {
  const { name } = entity;
  const verbs = verbsOf(entity);
  const fields = inputFields(entity);
  const shared = fields.map((field) => `const ${local(field)} = ${rule(field)};\n`).join('');
  const inCreate = fields.map((field) => `  ${entry(field, initialOf(field))},\n`).join('');
  const inUpdate = fields.map((field) => `    ${entry(field)},\n`).join('');
  const rules = [
    verbs.includes('create') && `export const create${name}Rules = z.object({\n${inCreate}  idempotencyKey,\n});\n`,
    verbs.includes('update') && `export const update${name}Rules = z.object({\n  ...versionedId('${name}'),\n  ...optional({\n${inUpdate}  }),\n});\n`,
    verbs.includes('delete') && `export const delete${name}Rules = z.object(versionedId('${name}'));\n`,
  ].filter(Boolean).join('\n');
  const text = `${shared}\n${rules}`;
  const helpers = ['decimal', 'idempotencyKey', 'idOf', 'json', 'listOf', 'optional', 'text', 'versionedId'].filter((helper) => new RegExp(`\\b${helper}\\b`).test(text));
  return `import { ${helpers.join(', ')} } from '@forge/subgraph-kit';\nimport { z } from 'zod';\n\n${text}`;
}

/** A field of one of the kit's names needs another one here. */
function local({ name }: Field): string {
  return ['text', 'json', 'decimal', 'optional'].includes(name) ? `${name}Rule` : name;
}

function entry(field: Field, suffix = ''): string {
  const shorthand = suffix === '' && local(field) === field.name;
  return shorthand ? field.name : `${field.name}: ${local(field)}${suffix}`;
}

/** Prisma takes no null for JSON: what is left out stays out. */
function initialOf(field: Field): string {
  if (field.list) return field.initial === undefined ? '.default([])' : '.exactOptional()';
  if (field.initial !== undefined) return '.exactOptional()';
  if (!field.optional) return '';
  return field.kind === 'scalar' && field.type === 'JSON' ? '.exactOptional()' : '.default(null)';
}

function rule(field: Field): string {
  const one = ofOne(field);
  const whole = field.list ? `listOf(${one}, 100)` : one;
  return field.optional && !(field.kind === 'scalar' && field.type === 'JSON') ? `${whole}.nullable()` : whole;
}

function ofOne(field: Field): string {
  if (field.kind === 'enum') return `z.enum([${field.values.map((value) => `'${value}'`).join(', ')}])`;
  if (field.kind === 'reference') return `idOf('${field.target}')`;
  if (field.kind !== 'scalar') throw new Error(`${field.name} is no input`);
  const range = /(\d+)\.\.(\d+)/.exec(field.note);
  const [low, high] = [range?.[1] ?? '0', range?.[2]];
  const between = `.min(${low}, 'must be ${high ? `from ${low} to ${high}` : `${low} or more`}')${high ? `.max(${high}, 'must be from ${low} to ${high}')` : ''}`;
  switch (field.type) {
    case 'String': return /description|instructions|summary|comment/.test(field.name) ? 'text(0, 2_000)' : 'text(1, 200)';
    case 'URL': return 'text(1, 2_000)';
    case 'EmailAddress': return 'text(3, 320)';
    case 'Int': return `z.int()${between}`;
    case 'Float': return `z.number()${between}`;
    case 'BigInt': return `z.string().transform(BigInt)`;
    case 'Decimal': return `decimal(${field.name.endsWith('Price') ? 6 : 10})`;
    case 'Boolean': return 'z.boolean()';
    case 'DateTime': return 'z.date()';
    case 'Date': return 'z.iso.date().transform((day) => new Date(day))';
    case 'JSON': return 'json(100_000)';
  }
}
