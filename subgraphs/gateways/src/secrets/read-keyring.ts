import { readConfig, type Environment } from '@forge/config';
import { z } from 'zod';
import { createKeyring, type Keyring } from './keyring.ts';

const pairs = z.string().transform((text, { addIssue }): Keyring | undefined => {
  const entries = text.split(',').map((pair) => pair.trim().split(':'));
  try {
    return createKeyring(entries[0]?.[0] ?? '', Object.fromEntries(entries.map(([id = '', key = '']) => [id, Buffer.from(key, 'base64url')])));
  } catch (error) {
    addIssue({ code: 'custom', message: `must be id:key pairs, separated by commas, the first the one that encrypts: ${(error as Error).message}` });
    return undefined;
  }
});

/**
 * The keyring of FORGE_SECRET_KEYS, such as `2026-11:…,2025-11:…`, each key 32 bytes in base64 or base64url; undefined
 * when it is not set. Throws an OperatorError that says what is wrong, and never what a key is.
 */
export function readKeyring(env: Environment): Keyring | undefined {
  return readConfig(z.object({ FORGE_SECRET_KEYS: pairs.optional() }), env).FORGE_SECRET_KEYS;
}
