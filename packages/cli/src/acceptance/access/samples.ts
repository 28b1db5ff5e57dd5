import { getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';

interface Input { readonly name: string; readonly type: GraphQLInputType; readonly description?: string | null | undefined; readonly defaultValue?: unknown }

// GraphQL lets them pass, and a mutation refuses them: nothing changes.
const values: Readonly<Record<string, string>> = { ID: '"x"', String: '""', Int: '-1', Boolean: 'true', Decimal: '"-1"', BigInt: '"-1"', DateTime: '"2026-01-01T00:00:00Z"', URL: '"https://localhost"', JSON: '""' };

/** A value for each of the arguments that have to be given, as GraphQL writes it. */
export function requiredArguments(inputs: readonly Input[]): Readonly<Record<string, string>> {
  return Object.fromEntries(inputs.filter(isRequired).map((input) => [input.name, sample(input)]));
}

function sample({ type: given, description }: Pick<Input, 'type' | 'description'>): string {
  const type = getNullableType(given);
  if (isListType(type)) return `[${sample({ type: type.ofType, description })}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) return `{ ${Object.entries(requiredArguments(Object.values(type.getFields()))).map(([name, value]) => `${name}: ${value}`).join(', ')} }`;
  // An id of the right type, of a row that is not there: whoever is let through looks for it.
  const prefix = type.name === 'ID' ? /[Bb]egins with `(\w+_)`/.exec(description ?? '')?.[1] : undefined;
  const value = prefix === undefined ? values[type.name] : `"${prefix}01h455vb4pex5vsknk084sn02q"`;
  if (value === undefined) throw new Error(`samples.ts has no ${type.name}`);
  return value;
}

function isRequired({ type, defaultValue }: Input): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}
