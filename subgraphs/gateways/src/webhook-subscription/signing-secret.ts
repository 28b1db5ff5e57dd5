import { randomBytes } from 'node:crypto';

/** A new secret to sign deliveries with: Standard Webhooks, "Signature scheme", asks for 24 to 64 random bytes as base64 behind `whsec_`. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
