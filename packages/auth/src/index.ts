export { AuthenticationUnavailableError, UnauthenticatedError } from './errors.ts';
export { generateKeyPair, readPublicKeys } from './gateway-keys.ts';
export { createPrincipalSigner, type PrincipalSigner } from './principal-signer.ts';
export { createPrincipalVerifier, type PrincipalVerifier } from './principal-verifier.ts';
export { demoOrgId, demoPrincipal, type Principal } from './principal.ts';
export { hashSecretKey, newSecretKey, prefixOfSecretKey, type SecretKeyPrefix } from './secret-key.ts';
export { describeRequirement, grantedBy, implies, mayDo, scopes, type Scope } from './scopes.ts';
