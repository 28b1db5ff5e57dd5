import { createHmac, timingSafeEqual } from 'node:crypto';

// Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
// HMAC-SHA256 over `id.timestamp.body`, in base64, after `v1,`.

export interface SignatureHeaders {
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

const toleranceSeconds = 300;

/** The headers that prove to whoever knows `secret` that `body` is ours, and when it was sent. */
export function sign(body: string, { secret, id, now }: { secret: Buffer; id: string; now: Date }): SignatureHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest(body, secret, id, timestamp)}` };
}

/** Whether `body` was signed with one of `secrets` within the last five minutes. Several secrets hold while one is replaced. */
export function isSigned(body: string, headers: Readonly<Record<string, unknown>>, { secrets, now }: { secrets: readonly Buffer[]; now: Date }): boolean {
  const [id, timestamp, signatures] = (['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const).map((name) => headers[name]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const given = signatures.split(' ').flatMap((signature) => (signature.startsWith('v1,') ? [Buffer.from(signature.slice(3))] : []));
  return secrets.some((secret) => {
    const expected = Buffer.from(digest(body, secret, id, timestamp));
    return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
}

function digest(body: string, secret: Buffer, id: string, timestamp: string): string {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
}
