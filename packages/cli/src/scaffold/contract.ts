import { listArguments, listSize, mutation, needs, orderAndConnection, rootFields, toDescribe } from './contract-parts.ts';
import { changes, newest, type Entity } from './model.ts';
import { edgeOf, type Field } from './model-field.ts';
import { plural, upper, words } from './names.ts';
import { enumName } from './prisma-model.ts';
import { inputFields, verbsOf } from './inputs.ts';

/** The contract of an entity, `<entity>.graphql`. Edges come by `completeEdges`. */
export function contract(entity: Entity): string {
  return [
    objectType(entity),
    ...entity.fields.flatMap((field) => (field.kind === 'enum' ? enumAndFilter(entity, field.name, field.values, field.list, field.optional) : [])),
    filter(entity),
    orderAndConnection(entity, ordersOf(entity).map(({ value, about }) => ({ value, about }))),
    rootFields(entity),
    ...mutations(entity),
  ].join('\n');
}

/** What the scaffold can order by: the newest, and the name. */
export function ordersOf(entity: Entity): { value: string; column: string; about: string }[] {
  const time = newest(entity);
  const about = time === 'createdAt' ? 'When it was written.' : toDescribe(`when ${words(time)}`);
  const byName = entity.fields.some(({ name }) => name === 'name') ? [{ value: 'NAME', column: 'name', about: 'Alphabetically, by code point.' }] : [];
  return [{ value: upper(time), column: time, about }, ...byName];
}

function objectType(entity: Entity): string {
  const { name, prefix, about, domain } = entity;
  const fields = entity.fields.filter(({ kind }) => kind !== 'secret').map((field) => `  "${aboutOf(field)}"\n  ${field.name}: ${typeOf(entity, field)}\n`);
  const updated = '  "When the row last changed; give it as expectedVersion to change only what you have seen."\n  updatedAt: DateTime!\n';
  return `"${about}"
type ${name} implements Node @key(fields: "id") @typeId(prefix: "${prefix}") ${needs(domain, 'read')} {
  "Begins with \`${prefix}_\`."
  id: ID!
${fields.join('')}  "When the row was written."
  createdAt: DateTime!
${changes(entity) ? updated : ''}}
`;
}

function aboutOf(field: Field): string {
  if (field.kind === 'reference') return `The id${field.list ? 's' : ''} of \`${edgeOf(field)}\` alone; costs no fetch.`;
  return toDescribe([words(field.name), field.note].filter(Boolean).join(': '));
}

function baseType(entity: Entity, field: Field): string {
  return field.kind === 'enum' ? enumName(entity, field) : field.kind === 'scalar' ? field.type : 'ID';
}

function typeOf(entity: Entity, field: Field): string {
  const type = baseType(entity, field);
  return `${field.list ? `[${type}!]` : type}${field.optional ? '' : '!'}`;
}

function enumAndFilter(entity: Entity, field: string, values: readonly string[], list: boolean, optional: boolean): string[] {
  const name = `${entity.name}${field[0]?.toUpperCase() ?? ''}${field.slice(1)}`;
  const operators = list
    ? [['Holds this entry.', 'has', name], ['Holds at least one of these.', 'hasAny', `[${name}!]`]]
    : [['This one.', 'eq', name], ['Any but this one.', 'ne', name], ['One of these.', 'in', `[${name}!]`], ['None of these.', 'notIn', `[${name}!]`],
        ...(optional ? [['True: only rows without a value; false: only rows with one.', 'isNull', 'Boolean']] : [])];
  return [
    `"${toDescribe(`${words(field)} of ${words(entity.name)}`)}"\nenum ${name} {\n${values.map((value) => `  "${toDescribe(value)}"\n  ${value}\n`).join('')}}\n`,
    `"Conditions on the ${words(field)} of ${plural(words(entity.name))}; all that are given must hold."\ninput ${filterType(entity, field, list)} {\n${operators.map(([about, operator, type]) => `  "${about ?? ''}"\n  ${operator ?? ''}: ${type ?? ''}\n`).join('')}}\n`,
  ];
}

function filterType(entity: Entity, field: string, list: boolean): string {
  return `${entity.name}${field[0]?.toUpperCase() ?? ''}${field.slice(1)}${list ? 'List' : ''}Filter`;
}

function filter(entity: Entity): string {
  const { name } = entity;
  const own = entity.fields.flatMap((field) => {
    const type = fieldFilter(entity, field);
    const about = field.kind === 'reference' ? `By the id${field.list ? 's' : ''} of its ${words(edgeOf(field))}.` : `By ${words(field.name)}.`;
    return type ? [`  "${about}"\n  ${field.name}: ${type}\n`] : [];
  });
  return `"Which ${plural(words(name))}; conditions on several fields must all hold."
input ${name}Filter {
  "Every one of these filters holds."
  AND: [${name}Filter!]
  "At least one of these filters holds."
  OR: [${name}Filter!]
  "This filter does not hold."
  NOT: ${name}Filter
  "By id."
  id: IDFilter
${own.join('')}  "By the time it was written."
  createdAt: DateTimeFilter
${changes(entity) ? '  "By the time it last changed."\n  updatedAt: DateTimeFilter\n' : ''}}
`;
}

/** The kit's filter for a field; undefined where there is nothing to ask. */
function fieldFilter(entity: Entity, field: Field): string | undefined {
  if (field.kind === 'secret') return undefined;
  if (field.kind === 'enum') return filterType(entity, field.name, field.list);
  const base = field.kind === 'reference' ? 'ID' : ['URL', 'EmailAddress'].includes(field.type) ? 'String' : field.type;
  if (field.list) return ['ID', 'String', 'Int'].includes(base) ? `${base}ListFilter` : undefined;
  if (base === 'JSON') return field.optional ? 'NullableJSONFilter' : undefined;
  return `${field.optional ? 'Nullable' : ''}${base}Filter`;
}

function mutations(entity: Entity): string[] {
  const verbs = verbsOf(entity);
  if (verbs.length === 0) return [];
  const parts = verbs.map((verb) => mutation(verb, entity));
  return [`extend type Mutation {\n${parts.map(({ field }) => field).join('')}}\n`, ...verbs.map((verb) => input(verb, entity)), ...parts.map(({ payload }) => payload)];
}

function input(verb: 'create' | 'update' | 'delete', entity: Entity): string {
  const noun = words(entity.name);
  const about = { create: `A ${noun} to be.`, update: `What to change of a ${noun}; what is left out stays, an explicit null clears an optional field.`, delete: `Which ${noun} to delete.` }[verb];
  const versioned = `  "Begins with \`${entity.prefix}_\`."\n  id: ID!\n  "The updatedAt that was read; when the row has changed since, nothing is written and the answer is CONFLICT."\n  expectedVersion: DateTime\n`;
  const own = verb === 'delete' ? [] : inputFields(entity).map((field) => {
    const bare = typeOf(entity, field).replace(/!$/, '');
    const required = verb === 'create' && !field.optional && !field.list && field.initial === undefined;
    return `  "${toDescribe([words(field.name), field.note].filter(Boolean).join(': '))}"\n  ${field.name}: ${bare}${required ? '!' : ''}\n`;
  });
  const key = '  "Any text of at most 200 characters; a call that repeats it within 24 hours answers with what the first one made."\n  idempotencyKey: String\n';
  return `"${about}"\ninput ${verb[0]?.toUpperCase() ?? ''}${verb.slice(1)}${entity.name}Input {\n${verb === 'create' ? '' : versioned}${own.join('')}${verb === 'create' ? key : ''}}\n`;
}

/** The field of a reverse edge: the rows of `entity` that refer to the one it stands on. */
export function connectionField(entity: Entity, reverse: string, target: string, mayBeNull: boolean): string {
  return `  "${toDescribe(`which ${plural(words(entity.name))} the ${reverse} of ${words(target)} are`)}"\n  ${reverse}(\n${listArguments(entity.name, 4)}  ): ${entity.name}Connection${mayBeNull ? '' : '!'} ${listSize}\n`;
}
