import { idempotencyKey, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { limits } from './limits.ts';

const required = { tier: z.enum(['FREE', 'TEAM', 'BUSINESS', 'ENTERPRISE']), limits, validFrom: z.date() };
const permissions = setOf(text(1, 100), 100);
const validTo = z.date().nullable();

/** What the check and exclusion constraints say, for people. */
export const endRule = 'must be later than validFrom';
export const overlapRule = 'the organisation has another tier at this time; end that one first, at the latest when this one begins';

interface Period {
  readonly validFrom?: Date;
  readonly validTo?: Date | null;
}

function endsAfterStart({ validFrom, validTo }: Period): boolean {
  return !validFrom || !validTo || validTo > validFrom;
}

export const createOrgTierGrantRules = z
  .object({ ...required, permissions: permissions.default([]), validTo: validTo.default(null), idempotencyKey })
  .refine(endsAfterStart, { path: ['validTo'], error: endRule });

export const updateOrgTierGrantRules = z
  .object({ ...versionedId('OrgTierGrant'), ...optional({ ...required, permissions, validTo }) })
  .refine(endsAfterStart, { path: ['validTo'], error: endRule });

export const deleteOrgTierGrantRules = z.object(versionedId('OrgTierGrant'));
