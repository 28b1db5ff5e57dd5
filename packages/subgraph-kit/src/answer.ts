import { UserFaults, type UserError } from './user-faults.ts';

type Payload<T> = T & { userErrors: readonly UserError[] };

/**
 * Runs an operation and makes the mutation's payload: what it returns, or nulls and `userErrors`. Faults that only the
 * database can see (a taken name, a reference to nowhere) become userErrors too; everything else stays a surprise.
 */
export async function answer<T extends object>(operation: () => Promise<T>): Promise<Payload<T> | Payload<{ [K in keyof T]: null }>> {
  try {
    return { ...(await operation()), userErrors: [] };
  } catch (error) {
    const faults = error instanceof UserFaults ? error.faults : databaseFaults(error);
    if (!faults) throw error;
    return { userErrors: faults } as Payload<{ [K in keyof T]: null }>;
  }
}

/** What a Prisma error with a driver adapter carries of PostgreSQL's own. */
interface ConstraintError {
  code?: string;
  meta?: { driverAdapterError?: { cause?: { constraint?: { fields?: string[]; index?: string } } } };
}

function databaseFaults(error: unknown): UserError[] | undefined {
  const { code, meta } = error as ConstraintError;
  const fields = fieldsOf(meta?.driverAdapterError?.cause?.constraint);
  switch (code) {
    case 'P2002':
      return [{ code: 'CONFLICT', message: `${fields.join(' and ')}: already taken; it must be unique`, path: ['input', ...fields.slice(-1)] }];
    case 'P2003':
      return [{ code: 'NOT_FOUND', message: `${fields.join(' and ')}: leads to nothing`, path: ['input', ...fields.slice(-1)] }];
    default:
      return undefined;
  }
}

/** Columns of a violated constraint, without the tenant; `table_orgId_workflowId_fkey` where only its name is known. */
function fieldsOf(constraint: { fields?: string[]; index?: string } | undefined): string[] {
  const columns = constraint?.fields ?? constraint?.index?.split('_').slice(1, -1) ?? [];
  return columns.map((column) => column.replaceAll('"', '')).filter((column) => column !== 'orgId');
}
