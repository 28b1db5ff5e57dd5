import { OperatorError } from '@forge/config';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseField, type Field, type ReferenceField } from './model-field.ts';

/** A type of docs/model.yaml. */
export interface Entity {
  readonly name: string;
  readonly domain: string;
  readonly table: string;
  readonly prefix: string;
  readonly about: string;
  readonly fields: readonly Field[];
  readonly unique: readonly (readonly string[])[];
  /** Names such as `by_gateway`, or columns as `[orgId, occurredAt]`. */
  readonly index: readonly string[];
  readonly plain: 'crud' | 'create' | 'update' | 'read' | 'none';
  readonly ops: readonly string[];
}

/** docs/model.yaml: what is to be on the graph, whether it is there yet or not. */
export interface Model {
  readonly domains: readonly string[];
  entity(name: string): Entity;
  in(domain: string): readonly Entity[];
  readonly entities: readonly Entity[];
}

interface Written {
  table: string; prefix: string; about: string;
  fields?: Record<string, string>; unique?: string[][]; index?: string[]; plain?: Entity['plain']; ops?: string[];
}

export function readModel(projectDir: string): Model {
  const { 'every-domain': _everywhere, ...domains } = parse(readFileSync(join(projectDir, 'docs/model.yaml'), 'utf8')) as Record<string, Record<string, Written> | null>;
  const entities = Object.entries(domains).flatMap(([domain, types]) => Object.entries(types ?? {}).map(([name, written]) => entityOf(domain, name, written)));
  refuseDoubles(entities);
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  return {
    entities,
    domains: Object.keys(domains),
    in: (domain) => entities.filter((entity) => entity.domain === domain),
    entity(name) {
      const found = byName.get(name);
      if (!found) throw new OperatorError(`docs/model.yaml has no type ${name}; write it there first`);
      return found;
    },
  };
}

/** All domains share the names of types and the prefixes of ids. */
function refuseDoubles(entities: readonly Entity[]): void {
  for (const key of ['name', 'prefix'] as const) {
    for (const [value, [one, other]] of Map.groupBy(entities, (entity) => entity[key])) {
      if (one && other) throw new OperatorError(`docs/model.yaml: ${one.domain}.${one.name} and ${other.domain}.${other.name} have the same ${key}, ${value}`);
    }
  }
}

const plains = ['crud', 'create', 'update', 'read', 'none'];

function entityOf(domain: string, name: string, written: Written): Entity {
  const { table, prefix, about, fields = {}, unique = [], index = [], plain = 'crud', ops = [] } = written;
  const missing = Object.entries({ table, prefix, about }).filter(([, value]) => !value).map(([key]) => key);
  if (missing.length > 0) throw new OperatorError(`docs/model.yaml: ${name} needs ${missing.join(', ')}`);
  if (!plains.includes(plain)) throw new OperatorError(`docs/model.yaml: ${name}: plain is one of ${plains.join(', ')}, not ${plain}`);
  return { name, domain, table, prefix, about, unique, index, plain, ops, fields: Object.entries(fields).map(([field, text]) => parseField(field, text)) };
}

export function references(entity: Entity): ReferenceField[] {
  return entity.fields.filter((field) => field.kind === 'reference');
}

/** Whether a row changes once it is written. */
export function changes({ plain, ops }: Entity): boolean {
  return ['crud', 'update'].includes(plain) || ops.length > 0;
}

/** The time that makes "newest first". */
export function newest({ fields }: Entity): string {
  const times = ['occurredAt', 'checkedAt', 'sentAt', 'decidedAt'];
  return fields.find((field) => times.includes(field.name) && !field.optional)?.name ?? 'createdAt';
}
