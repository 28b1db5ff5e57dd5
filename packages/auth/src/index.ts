export { demoOrgId, demoPrincipal, type Principal } from './principal.ts';
export {
  createPrincipalSigner, createPrincipalVerifier, generateKeyPair, UnauthenticatedError, type PrincipalSigner, type PrincipalVerifier,
} from './principal-token.ts';
export { hashSecretKey, newSecretKey, prefixOfSecretKey, type SecretKeyPrefix } from './secret-key.ts';
