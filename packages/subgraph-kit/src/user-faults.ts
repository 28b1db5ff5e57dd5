import type { z } from 'zod';

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
