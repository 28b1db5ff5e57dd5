import type { Entity } from './model.ts';
import { camel, plural, withArticle, words } from './names.ts';

/** A description that its owner has yet to write; lint refuses it. */
export function toDescribe(what: string): string {
  return `(describe) ${what}`;
}

/** What a list field takes, indented by `indent` spaces. */
export function listArguments(type: string, indent: number): string {
  const pad = ' '.repeat(indent);
  return [
    '"Only those that match."', `where: ${type}Filter`, '"Newest first unless said otherwise."', `orderBy: [${type}Order!]`,
    '"Page size from the front, 1 to 100; 25 when neither first nor last is given."', 'first: Int', '"Only rows behind this cursor."', 'after: String',
    '"Page size from the back, 1 to 100."', 'last: Int', '"Only rows ahead of this cursor."', 'before: String',
  ].map((line) => `${pad}${line}\n`).join('');
}

/** What a list costs: as many rows as are asked for, a page of 25 unless said otherwise (IBM's GraphQL Cost Directive specification). */
export const listSize = '@listSize(assumedSize: 25, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)';

/** Who may read, or write, what a domain has. */
export function needs(domain: string, what: 'read' | 'write'): string {
  return `@requiresScopes(scopes: [["${domain}:${what}"]])`;
}

export function orderAndConnection({ name, domain }: Entity, orders: readonly { value: string; about: string }[]): string {
  const noun = words(name);
  return `"What ${plural(noun)} can be ordered by; an index serves each."
enum ${name}OrderField {
${orders.map(({ value, about }) => `  "${about}"\n  ${value}\n`).join('')}}

"One key of an order; ties fall to the next, and at last to the id."
input ${name}Order {
  "What to compare."
  field: ${name}OrderField!
  "Which way."
  direction: OrderDirection! = ASC
}

"A page of ${plural(noun)}."
type ${name}Connection ${needs(domain, 'read')} {
  "The rows with their cursors."
  edges: [${name}Edge!]!
  "The rows alone."
  nodes: [${name}!]!
  "Where this page lies."
  pageInfo: PageInfo!
  "How many match on all pages; costs a count of its own when asked for."
  totalCount: Int! @cost(weight: 5)
}

"A row and where it stands in the list."
type ${name}Edge {
  "The row."
  node: ${name}!
  "Opaque; give it as after or before, under the same order."
  cursor: String!
}
`;
}

export function rootFields({ name, prefix, domain }: Entity): string {
  const noun = words(name);
  return `extend type Query {
  "The ${noun} with this id; null when there is none."
  ${camel(name)}(
    "Begins with \`${prefix}_\`."
    id: ID!
  ): ${name} ${needs(domain, 'read')}
  "${toDescribe(`what ${plural(camel(name))} lists`)}"
  ${plural(camel(name))}(
${listArguments(name, 4)}  ): ${name}Connection
    ${needs(domain, 'read')}
    ${listSize}
}
`;
}

const payloads = {
  create: ['as it was written', 'it was written'],
  update: ['as it is now', 'it was written'],
} as const;

/** The field of the mutation, and its payload. */
export function mutation(verb: 'create' | 'update' | 'delete', { name, domain }: Entity): { field: string; payload: string } {
  const noun = words(name);
  const operation = `${verb}${name}`;
  const type = `${verb[0]?.toUpperCase() ?? ''}${verb.slice(1)}${name}`;
  const inputAbout = { create: `The new ${noun}.`, update: `Which ${noun}, and what of it.`, delete: `Which ${noun}.` }[verb];
  const [as, when] = verb === 'delete' ? [] : payloads[verb];
  const result = as ? `  "The ${noun} ${as}; null when there are userErrors."\n  ${camel(name)}: ${name}\n  "Every fault of the input; empty when ${when}."` : '  "The id of what is gone; null when there are userErrors."\n  deletedId: ID\n  "Why nothing was deleted; empty when it was."';
  return {
    field: `  "${toDescribe(`what ${operation} does with ${withArticle(noun)}`)}"\n  ${operation}(\n    "${inputAbout}"\n    input: ${type}Input!\n  ): ${type}Payload ${needs(domain, 'write')} @cost(weight: 10)\n`,
    payload: `"What became of ${operation}."\ntype ${type}Payload {\n${result}\n  userErrors: [UserError!]!\n}\n`,
  };
}
