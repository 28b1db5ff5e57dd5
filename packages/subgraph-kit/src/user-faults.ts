import { z } from 'zod';
import { describeIdFault, isIdOf, type TypeName } from './type-ids.ts';

export type UserErrorCode = 'INVALID' | 'NOT_FOUND' | 'CONFLICT' | 'INVALID_TRANSITION' | 'LIMIT_REACHED' | 'FORBIDDEN' | 'BUDGET_EXCEEDED';

/** One entry of a payload's `userErrors`; `path` leads into the arguments, from `input` down. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly message: string;
  readonly path: string[];
}

/** Thrown by an operation to answer with `userErrors`; what its transaction has written is rolled back. */
export class UserFaults extends Error {
  readonly faults: readonly UserError[];

  constructor(...faults: UserError[]) {
    super(faults.map(({ message }) => message).join('; '));
    this.faults = faults;
  }
}

/** A fault at one field of the input. */
export function fault(code: UserErrorCode, field: string, message: string): UserFaults {
  return new UserFaults({ code, message, path: ['input', ...field.split('.').filter(Boolean)] });
}

/** The input as `schema` makes it; UserFaults with every fault at once when it breaks a rule. */
export function checkInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new UserFaults(...result.error.issues.map((issue) => {
    const path = ['input', ...issue.path.map(String)];
    return { code: 'INVALID' as const, message: `${path.slice(1).join('.') || 'input'}: ${issue.message}`, path };
  }));
}

/** A zod rule: an id of `type`. */
export function idOf(type: TypeName) {
  return z.string().refine((id) => isIdOf(type, id), { error: (issue) => describeIdFault(type, String(issue.input)) });
}

/** A zod rule: text of `min` to `max` characters that PostgreSQL can hold. */
export function text(min: number, max: number) {
  return z.string()
    .refine((value) => value.trim().length >= min, `needs at least ${min} character${min === 1 ? '' : 's'}`)
    .refine((value) => value.length <= max, `has more than ${max} characters`)
    .refine((value) => !value.includes('\0'), 'must not contain the character U+0000');
}

/** Zod rules of every update and delete: which row, and the `updatedAt` that the client has seen of it. */
export function versionedId(type: TypeName) {
  return { id: idOf(type), expectedVersion: z.date().nullish() };
}
