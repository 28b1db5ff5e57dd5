import { GraphQLError } from 'graphql';
import { limitError } from './limit-error.ts';
import type { VariableLimits } from './shape-limits.ts';

const subject = 'The variables';

/**
 * What is wrong with the variables of a request, undefined when nothing is: they are not an object, pass a limit, or have
 * `__proto__` for a key, which code that copies them could take for their prototype. Other names that objects have of
 * themselves, such as `constructor`, are data like any other. Stops where the first limit is passed; calls itself for nothing.
 */
export function checkVariables(variables: unknown, limits: VariableLimits): GraphQLError | undefined {
  if (variables === undefined || variables === null) return undefined;
  if (typeof variables !== 'object' || Array.isArray(variables)) return refused('must be an object whose keys are the names of variables');

  const open: { readonly value: object; readonly depth: number }[] = [{ value: variables, depth: 1 }];
  let [values, bytes] = [0, 0];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (depth > limits.variableDepth) return limitError({ subject, limit: 'variableDepth', max: limits.variableDepth, found: depth, orMore: true });
    if (Object.hasOwn(value, '__proto__')) return refused('have the key __proto__, which is not for data');

    const keys = Array.isArray(value) ? undefined : Object.keys(value);
    values += keys?.length ?? (value as unknown[]).length;
    if (values > limits.variableValues) return limitError({ subject, limit: 'variableValues', max: limits.variableValues, found: values, orMore: true });
    for (const key of keys ?? []) bytes += sizeOf(key) + 1;
    // One by one: to list those of an object of 30,000 keys takes longer than to find them.
    for (const part of keys ? valuesOf(value, keys) : (value as unknown[])) {
      bytes++;
      if (typeof part === 'object' && part !== null) open.push({ value: part, depth: depth + 1 });
      else bytes += sizeOf(part);
    }
    bytes += 2;
    if (bytes > limits.variableBytes) return limitError({ subject, limit: 'variableBytes', max: limits.variableBytes, found: bytes, orMore: true });
  }
  return undefined;
}

function* valuesOf(value: object, keys: readonly string[]): Generator {
  for (const key of keys) yield (value as Record<string, unknown>)[key];
}

/** As JSON, but for what has to be escaped. */
function sizeOf(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) + 2 : String(value).length;
}

function refused(fault: string): GraphQLError {
  return new GraphQLError(`${subject} ${fault}.`, { extensions: { code: 'BAD_REQUEST' } });
}
