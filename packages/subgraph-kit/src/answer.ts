import { UserFaults, type UserError } from './user-faults.ts';

type Payload<T> = T & { userErrors: UserError[] };

/**
 * Runs an operation and makes the mutation's payload: what it returns, or nulls and `userErrors`. Faults that only the
 * database can see (a taken name, a reference to nowhere, a check named in `constraints`) become userErrors too;
 * everything else stays a surprise.
 */
export async function answer<T extends object>(
  operation: () => Promise<T>, constraints: Readonly<Record<string, UserFaults>> = {},
): Promise<Payload<T> | Payload<{ [K in keyof T]: null }>> {
  try {
    return { ...(await operation()), userErrors: [] };
  } catch (error) {
    const faults = error instanceof UserFaults ? error.faults : databaseFaults(error, constraints);
    if (!faults) throw error;
    return { userErrors: [...faults] } as Payload<{ [K in keyof T]: null }>;
  }
}

/** Whether a delete was refused because another row refers to the one to be deleted. */
export function isStillReferredTo(error: unknown): boolean {
  const violation = violationOf(error);
  // PostgreSQL 18 gives RESTRICT a code of its own; before, only the message tells the two ends of a key apart.
  return violation?.code === '23001' || (violation?.code === '23503' && violation.message.startsWith('update or delete'));
}

/** What the adapter keeps of PostgreSQL's own words. */
interface Original {
  readonly originalCode?: string;
  readonly originalMessage?: string;
}

interface Violation {
  /** SQLSTATE, PostgreSQL manual, appendix A. */
  readonly code: string;
  readonly message: string;
  readonly constraint: string;
}

function databaseFaults(error: unknown, constraints: Readonly<Record<string, UserFaults>>): readonly UserError[] | undefined {
  const violation = violationOf(error);
  if (!violation) return undefined;
  const declared = constraints[violation.constraint];
  if (declared) return declared.faults;
  const fields = fieldsOf(violation.constraint);
  const path = ['input', ...fields.slice(-1)];
  switch (violation.code) {
    case '23505': return [{ code: 'CONFLICT', message: `${fields.join(' with ')}: is taken already; it must be unique`, path }];
    case '23503': return [{ code: 'NOT_FOUND', message: `${fields.join(' with ')}: leads to nothing`, path }];
    default: return undefined;
  }
}

/** What PostgreSQL said of a violated constraint (class 23), out of an error of Prisma's on a driver adapter. */
function violationOf(error: unknown): Violation | undefined {
  const { meta, cause } = error as { meta?: { driverAdapterError?: { cause?: Original } }; cause?: Original };
  // A deferred constraint speaks up at COMMIT, and Prisma passes that on as it comes from the adapter.
  const { originalCode: code = '', originalMessage: message = '' } = meta?.driverAdapterError?.cause ?? cause ?? {};
  const constraint = /constraint "([^"]+)"/.exec(message)?.[1];
  return code.startsWith('23') && constraint ? { code, message, constraint } : undefined;
}

/** The columns in the name that Prisma gives a constraint, `table_orgId_workflowId_fkey`, without the tenant. */
function fieldsOf(constraint: string): string[] {
  return constraint.split('_').slice(1, -1).filter((column) => column !== 'orgId');
}
