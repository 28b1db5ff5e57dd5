import { z } from 'zod';
import { describeIdFault, isIdOf, type TypeName } from './type-ids.ts';

// Zod rules for what inputs have in common. GraphQL has checked the types already; these check the values.

/** An id of `type`. */
export function idOf(type: TypeName) {
  return z.string().refine((id) => isIdOf(type, id), { error: (issue) => describeIdFault(type, String(issue.input)) });
}

/** Text of `min` to `max` characters that PostgreSQL can hold. */
export function text(min: number, max: number) {
  return z.string()
    .refine((value) => value.trim().length >= min, `needs at least ${min} character${min === 1 ? '' : 's'}`)
    .refine((value) => value.length <= max, `has more than ${max} characters`)
    .refine((value) => !value.includes('\0'), 'must not contain the character U+0000');
}

/** What every update and delete takes: which row, and the `updatedAt` that the client has seen of it. */
export function versionedId(type: TypeName) {
  return { id: idOf(type), expectedVersion: z.date().nullish() };
}

/** A slug: lower-case words and digits joined by hyphens, at most 100 characters. */
export function kebabCase(example: string) {
  return text(1, 100).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, `must be kebab-case, such as ${example}`);
}

/** A list of at most `max` entries. Not zod's own max(), after which the rules of the whole input are not looked at. */
export function listOf<S extends z.ZodType>(entry: S, max: number) {
  return z.array(entry).refine((entries) => entries.length <= max, `has more than ${max} entries`);
}

/** The same with no entry in it twice; the fault lies where one comes again. */
export function setOf<S extends z.ZodType<string | number>>(entry: S, max: number) {
  return listOf(entry, max).superRefine((entries, issues) => {
    for (const [i, each] of entries.entries()) {
      if (entries.indexOf(each) < i) issues.addIssue({ code: 'custom', path: [i], message: 'is in the list already' });
    }
  });
}

/** At most 20 labels of at most 50 characters. */
export const tags = listOf(text(1, 50), 20);

/** An exact decimal, 0 or more, with at most `places` digits behind the point and 12 before it. */
export function decimal(places: number) {
  return z.string()
    .refine((value) => !value.startsWith('-'), 'must not be negative')
    .refine((value) => (value.split('.')[1] ?? '').length <= places, `has more than ${places} decimal places`)
    .refine((value) => (value.split('.')[0] ?? '').replace(/^0+/, '').length <= 12, 'is too large');
}

/** A value as JSON has it, other than null. */
export type JsonValue = string | number | boolean | { readonly [key: string]: JsonValue | null } | readonly (JsonValue | null)[];

/** Any JSON but null, of at most `maxBytes` as text. */
export function json(maxBytes: number) {
  return z.json()
    .refine((value) => value !== null, 'must not be null')
    .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= maxBytes, `is larger than ${maxBytes} bytes as JSON`)
    // PostgreSQL's jsonb cannot hold it.
    .refine((value) => !JSON.stringify(value).includes('\\u0000'), 'must not contain the character U+0000')
    .transform((value) => value as JsonValue);
}

/** A JSON object of at most 100,000 bytes as text. */
export function jsonObject() {
  return json(100_000).refine((value) => typeof value === 'object' && !Array.isArray(value), 'must be a JSON object');
}

/** The key by which a repeated call is known again. */
export const idempotencyKey = text(1, 200).nullish();

/** The same rules for fields that may be left out; what is left out stays out. */
export function optional<S extends Record<string, z.ZodType>>(shape: S): { [K in keyof S]: z.ZodExactOptional<S[K]> } {
  return Object.fromEntries(Object.entries(shape).map(([field, rule]) => [field, z.exactOptional(rule)])) as { [K in keyof S]: z.ZodExactOptional<S[K]> };
}
