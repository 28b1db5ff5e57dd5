import type { Principal } from '@forge/auth';

/** Who asks, for what is counted and shared out by principals. */
export function principalKey({ orgId, kind, subject }: Principal): string {
  return `${orgId}/${kind}/${subject}`;
}
