import { mayDo, scopes } from '@forge/auth';
import { idempotencyKey, idOf, setOf, text, versionedId, type UserError } from '@forge/subgraph-kit';
import { z } from 'zod';

const scope = z.enum(scopes, `is no scope; the scopes are ${scopes.join(', ')}`);

export const createApiKeyRules = (now: Date) => z.object({
  label: text(1, 128),
  scopes: setOf(scope, scopes.length).refine((given) => given.length > 0, 'needs at least one scope; without any a key opens nothing'),
  interfaceId: text(1, 200).nullable().default(null),
  parentKeyId: idOf('ApiKey').nullish(),
  expiresAt: z.date().refine((at) => at > now, 'lies in the past').nullish(),
  idempotencyKey,
});

export const revokeApiKeyRules = z.object(versionedId('ApiKey'));

interface Wanted {
  readonly scopes: readonly string[];
  readonly expiresAt?: Date | null | undefined;
}

interface Parent {
  readonly status: 'ACTIVE' | 'REVOKED';
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** Everything by which a key would be more than whoever makes it, who holds `held`, or more than its parent. */
export function faultsOfKey({ scopes: wanted, expiresAt }: Wanted, held: readonly string[], parent: Parent | null, now: Date): UserError[] {
  const faults = wanted.flatMap((each, i): UserError[] => {
    const path = ['input', 'scopes', String(i)];
    if (!mayDo(held, [[each]])) return [{ code: 'FORBIDDEN', path, message: `scopes.${i}: you do not hold ${each}, so you cannot hand it out` }];
    if (parent && !mayDo(parent.scopes, [[each]])) return [{ code: 'FORBIDDEN', path, message: `scopes.${i}: the parent key does not hold ${each}` }];
    return [];
  });
  if (parent && isOver(parent, now)) faults.push(parentIsOver);
  else if (parent?.expiresAt && expiresAt && expiresAt > parent.expiresAt) {
    faults.push({ code: 'INVALID', path: ['input', 'expiresAt'], message: `expiresAt: must not lie after ${parent.expiresAt.toISOString()}, when the parent key expires` });
  }
  return faults;
}

export const parentIsOver: UserError = { code: 'INVALID_TRANSITION', path: ['input', 'parentKeyId'], message: 'parentKeyId: the key is REVOKED or has expired, so no other can be derived from it' };

function isOver({ status, expiresAt }: Parent, now: Date): boolean {
  return status === 'REVOKED' || (expiresAt !== null && expiresAt <= now);
}
