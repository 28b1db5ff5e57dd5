import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO, GraphQLEmailAddress, GraphQLJSON, GraphQLLocalDate, GraphQLURL } from 'graphql-scalars';

/** `DateTime`: a Date inside, an ISO 8601 string in UTC outside. */
export const DateTime = new GraphQLScalarType({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime' });

/** `Date`: a calendar day as `2026-03-01` on both sides. */
export const DateScalar = new GraphQLScalarType({ ...GraphQLLocalDate.toConfig(), name: 'Date' });

export const EmailAddress = new GraphQLScalarType({ ...GraphQLEmailAddress.toConfig(), name: 'EmailAddress' });

/** `URL`: checked, and text on both sides. */
export const URLScalar = new GraphQLScalarType({
  ...GraphQLURL.toConfig(),
  parseValue: (value) => String(GraphQLURL.parseValue(value)),
  parseLiteral: (node, variables) => String(GraphQLURL.parseLiteral(node, variables)),
});

export const JSONScalar = new GraphQLScalarType({ ...GraphQLJSON.toConfig(), name: 'JSON' });

/** `Decimal`: a decimal string on both sides, without exponent and without trailing zeros; never a float. */
export const Decimal = exactNumber('Decimal', /^-?\d{1,38}(\.\d{1,30})?$/, 'a decimal number as a string, such as "12.5"', (text) =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text,
);

/** `BigInt`: the digits as a string on both sides. */
export const BigIntScalar = exactNumber('BigInt', /^-?\d{1,19}$/, 'a whole number as a string, such as "9007199254740993"', (text) => text);

function exactNumber(name: string, pattern: RegExp, expected: string, print: (text: string) => string): GraphQLScalarType {
  const parse = (value: unknown): string => {
    // A whole JSON number is exact; a fraction has been through a float already and is refused.
    const text = typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : '';
    if (!pattern.test(text)) throw new GraphQLError(`${name}: expected ${expected}`, { extensions: { code: 'BAD_USER_INPUT' } });
    return text;
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => print(String(value)),
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : node.kind === Kind.INT ? Number(node.value) : undefined),
  });
}
