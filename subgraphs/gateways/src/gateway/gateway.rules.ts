import { idempotencyKey, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const url = text(1, 2_000)
  .refine((value) => /^https?:$/.test(new URL(value).protocol), 'must begin with https:// or http://')
  .refine((value) => new URL(value).username + new URL(value).password === '', 'must not contain a user name or password: everybody who sees the gateway would');

export const registerGatewayRules = z.object({
  gatewayId: text(1, 200),
  name: text(1, 200),
  url,
  provider: z.enum(['OPENCLAW', 'CLAUDE_AGENT_SDK', 'VERCEL_AI_SDK', 'GLOO_AI', 'CUSTOM']),
  environment: text(1, 50).regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and hyphens, such as staging'),
  capabilities: setOf(text(1, 100), 100),
  instanceId: text(1, 200).nullish(),
  ...optional({ minTrustLevel: z.int().min(1, 'must be 1 to 10').max(10, 'must be 1 to 10'), displayOrder: z.int() }),
});

const week = 7 * 86_400;
export const rotateGatewayTokenRules = z.object({
  ...versionedId('Gateway'),
  overlapSeconds: z.int().min(0, `must be 0 to ${week}`).max(week, `must be 0 to ${week}`),
  idempotencyKey,
});

export const deregisterGatewayRules = z.object({ ...versionedId('Gateway'), instanceId: text(1, 200).nullish() });

export interface Tokens {
  readonly tokenHash: string | null;
  /** When the newest one was first presented. */
  readonly tokenUsedAt: Date | null;
  readonly previousTokenHash: string | null;
  readonly previousTokenExpiresAt: Date | null;
}

/**
 * Which token goes on working, and until when, beside the new one that a gateway gets at `now`. Undefined when two are in use:
 * one of them would stop before its time. One that nobody has presented is not in use; whoever made it may have lost the answer.
 */
export function olderToken({ tokenHash, tokenUsedAt, previousTokenHash, previousTokenExpiresAt }: Tokens, overlapSeconds: number, now: Date) {
  if (tokenHash === null || overlapSeconds === 0) return { previousTokenHash: null, previousTokenExpiresAt: null };
  if (previousTokenExpiresAt === null || previousTokenExpiresAt <= now) {
    return { previousTokenHash: tokenHash, previousTokenExpiresAt: new Date(now.getTime() + overlapSeconds * 1_000) };
  }
  return tokenUsedAt === null ? { previousTokenHash, previousTokenExpiresAt } : undefined;
}
