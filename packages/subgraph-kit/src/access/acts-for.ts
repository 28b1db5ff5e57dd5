import { mayDo, type Principal, type Scope } from '@forge/auth';

/**
 * Whether a principal may do what runtimes do for this gateway: who has `scope` may for all of them, a gateway's runtime for
 * itself alone. Null stands for what belongs to no gateway.
 */
export function actsFor({ kind, subject, scopes }: Principal, gatewayId: string | null, scope: Scope): boolean {
  return mayDo(scopes, [[scope]]) || (kind === 'gateway' && subject === gatewayId);
}
