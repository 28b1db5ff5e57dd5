import { GraphQLError, type ASTNode } from 'graphql';
import type { ShapeLimits, VariableLimits } from './shape-limits.ts';

export type LimitName = keyof ShapeLimits | keyof VariableLimits | 'length' | 'tokens';

/** The code of whatever is larger than it may be; the request is a bad one, 400, whoever sends it. */
export const operationTooLarge = 'OPERATION_TOO_LARGE';

const phrases: Readonly<Record<LimitName, (found: string) => string>> = {
  length: (found) => `is ${found} characters long`,
  tokens: (found) => `has ${found} tokens`,
  depth: (found) => `nests fields ${found} deep`,
  aliases: (found) => `has ${found} aliases`,
  rootFields: (found) => `asks for ${found} root fields`,
  directives: (found) => `has ${found} directives`,
  fragmentSpreads: (found) => `spreads fragments ${found} times`,
  fields: (found) => `has ${found} fields when every fragment is written out`,
  repeats: (found) => `asks for ${found} fields that it asks for already in the same place`,
  nesting: (found) => `has selections ${found} deep in one another`,
  introspectionDepth: (found) => `goes through ${found} lists of the schema's types in one another`,
  introspectionBreadth: (found) => `asks for ${found} lists of the schema`,
  definitions: (found) => `has ${found} operations and fragments`,
  operations: (found) => `has ${found} operations`,
  variables: (found) => `has ${found} variables`,
  listLength: (found) => `has a list of ${found} values; long lists belong in variables`,
  objectFields: (found) => `has an object of ${found} fields`,
  inputDepth: (found) => `nests values ${found} deep`,
  nameLength: (found) => `has a name of ${found} characters`,
  variableBytes: (found) => `take ${found} bytes`,
  variableValues: (found) => `have ${found} values`,
  variableDepth: (found) => `are nested ${found} deep`,
};

/** What was measured, and of what. */
export interface Excess {
  /** As a sentence begins: `The query Dashboard`. */
  readonly subject: string;
  readonly limit: LimitName;
  readonly max: number;
  readonly found: number;
  /** Counting stopped here. */
  readonly orMore?: boolean;
  readonly node?: ASTNode;
}

/** The error that says which limit was passed, by how much and where. */
export function limitError({ subject, limit, max, found, orMore = false, node }: Excess): GraphQLError {
  const number = Math.min(found, Number.MAX_SAFE_INTEGER);
  const written = `${number}${orMore || number < found ? ' or more' : ''}`;
  return new GraphQLError(`${subject} ${phrases[limit](written)}. The limit of ${limit} is ${max}.`, {
    nodes: node ?? null,
    extensions: { code: operationTooLarge, limit, max, found: number },
  });
}
