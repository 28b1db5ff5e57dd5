import { UserFaults } from '@forge/subgraph-kit';
import { DefinitionError } from '../definition/definition-error.ts';

/** What `read` answers; the faults of a definition that it finds become INVALID at a field of the input. */
export function withFaultsAt<T>(field: string, read: () => T, where = ''): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new UserFaults(...error.faults.map((message) => ({ code: 'INVALID' as const, message: `${field}: ${where}${message}`, path: ['input', field] })));
  }
}
