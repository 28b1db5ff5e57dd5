import { idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

export const scopeType = z.enum(['GLOBAL', 'GATEWAY', 'AGENT', 'ENVIRONMENT']);
export const scopeId = text(1, 200).nullable();

/** The name of an environment, as deployments have it. */
export const environmentName = text(1, 50).regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and hyphens, such as staging');

/** What scopeId is under each scopeType but GLOBAL, which has none. The database's function scope_fits has the same table. */
const scopeIds = { GATEWAY: idOf('Gateway'), AGENT: idOf('Agent'), ENVIRONMENT: environmentName };

/** What the check constraints on the scope say, for people. */
export const scopeRule = 'is empty when scopeType is GLOBAL, the id of a Gateway or an Agent when it is one of these, and the name of an environment when it is ENVIRONMENT';

interface Scoped {
  readonly scopeType?: z.infer<typeof scopeType>;
  readonly scopeId?: string | null;
}

/** Refuses a scopeId that does not fit the scopeType; when only one of them is given, the database knows the other. */
export function scopeFits(input: Scoped, issues: z.RefinementCtx): void {
  if (input.scopeType === undefined || input.scopeId === undefined) return;
  const message = scopeFault(input.scopeType, input.scopeId);
  if (message) issues.addIssue({ code: 'custom', path: ['scopeId'], message });
}

function scopeFault(type: z.infer<typeof scopeType>, id: string | null): string | undefined {
  if (type === 'GLOBAL') return id === null ? undefined : 'must be empty when scopeType is GLOBAL';
  if (id === null) return `is needed when scopeType is ${type}`;
  return scopeIds[type].safeParse(id).error?.issues[0]?.message;
}
