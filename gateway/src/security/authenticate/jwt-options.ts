import type { KeyObject } from 'node:crypto';

/** A public key and the algorithms of JWA (RFC 7518, section 3.1) that go with it. */
export interface VerificationKey {
  readonly key: KeyObject;
  readonly algorithms: readonly string[];
}

export interface JwtOptions {
  /** Whose tokens are believed: values of `iss`. */
  readonly issuers: readonly string[];
  /** For whom tokens are meant: one of these has to be in `aud`. */
  readonly audiences: readonly string[];
  /** Where the issuer publishes its keys, or the one key there is. */
  readonly keys: URL | VerificationKey;
  /** The claim that names the organisation. */
  readonly orgClaim: string;
  /** The claim that lists scopes, as one text with spaces or as a list. `scope` stands for `scp` too, where there is no `scope`. */
  readonly scopeClaim: string;
}
