import { fault } from '@forge/subgraph-kit';

/** The keys that secrets are encrypted with: new ones with the current key, old ones stay readable while theirs is here. */
export interface Keyring {
  /** Id of the key that encrypts. */
  readonly current: string;
  /** AES-256 keys by their ids. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

const keyBytes = 32;

/**
 * A keyring of keys by id; `current` says which of them encrypts. To rotate, add a key, make it current, and drop the old
 * one when no secret names it any more. Throws an Error that says what is wrong, and never what a key is.
 */
export function createKeyring(current: string, keys: Readonly<Record<string, Uint8Array>>): Keyring {
  for (const [id, key] of Object.entries(keys)) {
    if (!/^[a-z0-9-]{1,40}$/.test(id)) throw new Error(`the id of a key has 1 to 40 characters of a-z, 0-9 and -; got "${id}"`);
    if (key.length !== keyBytes) throw new Error(`key ${id} has ${key.length} bytes; AES-256 takes ${keyBytes}`);
  }
  if (!Object.hasOwn(keys, current)) throw new Error(`the current key, ${current}, is not among the keys`);
  return { current, keys: new Map(Object.entries(keys)) };
}

/** The keyring for an operation that is going to store a secret; without one it is refused rather than stored in the clear. */
export function keyringFor({ keyring }: { readonly keyring: Keyring | undefined }): Keyring {
  if (keyring) return keyring;
  throw fault('FORBIDDEN', '', 'this installation has no key to encrypt secrets with, so it takes none; its operator has to configure one');
}
