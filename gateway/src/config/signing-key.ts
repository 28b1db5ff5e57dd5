import { readConfig, type Environment } from '@forge/config';
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

const variables = z.object({
  FORGE_GATEWAY_PRIVATE_KEY: z.string('is not set; with it the gateway signs, for the subgraphs, who is asking').refine(isEd25519, 'must be an Ed25519 private key as PEM (PKCS #8)'),
});

/** The key, as PEM, with which a gateway in a process of its own tells its subgraphs who is asking. */
export function readSigningKey(env: Environment): string {
  return readConfig(variables, env).FORGE_GATEWAY_PRIVATE_KEY;
}

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
