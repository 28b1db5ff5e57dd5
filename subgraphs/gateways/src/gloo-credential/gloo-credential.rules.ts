import { idempotencyKey, idOf, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const shared = {
  name: text(1, 200),
  scopes: setOf(text(1, 200), 100),
};
const expiresAt = z.date().refine((at) => at > new Date(), 'lies in the past').nullable();
const gatewayId = idOf('Gateway').nullable();

export const createGlooCredentialRules = z.object({
  ...shared,
  clientId: text(1, 200),
  clientSecret: text(1, 2_000),
  accessToken: text(1, 8_000).nullable().default(null),
  expiresAt: expiresAt.default(null),
  gatewayId: gatewayId.default(null),
  idempotencyKey,
});

export const updateGlooCredentialRules = z.object({
  ...versionedId('GlooCredential'),
  ...optional({ ...shared, expiresAt, gatewayId }),
});

export const deleteGlooCredentialRules = z.object(versionedId('GlooCredential'));
