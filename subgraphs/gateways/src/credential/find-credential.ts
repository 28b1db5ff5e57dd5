import sql from 'sql-template-tag';
import type { GatewaysContext } from '../context.ts';
import type { Credential } from '../generated/graphql.ts';

const hashForm = /^[0-9a-f]{64}$/;

/**
 * The credential with this hash that is good now. Not by the kit, which puts the caller's organisation into every statement:
 * here it is found out whose organisation that is. A hash belongs to one row of them all, and who can say one has the key.
 *
 * The same statement notes the use. It takes the row for that only where nobody else has it, so it waits for no lock, and
 * of a key it does so once a minute, of a token once.
 */
export async function findCredential({ sql: client, now }: GatewaysContext, hash: string): Promise<Credential | null> {
  if (!hashForm.test(hash)) return null;
  const at = now();
  const [credential] = await client.query<Credential>(sql`
    WITH key AS (
      SELECT "orgId", "id", "scopes", "expiresAt" FROM "apiKeys"
      WHERE "keyHash" = ${hash} AND "status" = 'ACTIVE' AND ("expiresAt" IS NULL OR "expiresAt" > ${at}::timestamptz)
    ), due AS (
      SELECT "orgId", "id" FROM key JOIN "apiKeys" AS row USING ("orgId", "id")
      WHERE row."lastUsedAt" IS NULL OR row."lastUsedAt" <= ${at}::timestamptz - interval '1 minute' FOR NO KEY UPDATE OF row SKIP LOCKED
    ), used AS (
      UPDATE "apiKeys" AS row SET "lastUsedAt" = ${at}::timestamptz FROM due WHERE row."orgId" = due."orgId" AND row."id" = due."id"
    ), token AS (
      SELECT "orgId", "id", CASE WHEN "tokenHash" <> ${hash} THEN "previousTokenExpiresAt" END AS "expiresAt" FROM "gatewayRegistry"
      WHERE "tokenHash" = ${hash} OR ("previousTokenHash" = ${hash} AND "previousTokenExpiresAt" > ${at}::timestamptz)
    ), unused AS (
      SELECT "orgId", "id" FROM "gatewayRegistry" WHERE "tokenHash" = ${hash} AND "tokenUsedAt" IS NULL FOR NO KEY UPDATE SKIP LOCKED
    ), first_used AS (
      UPDATE "gatewayRegistry" AS row SET "tokenUsedAt" = ${at}::timestamptz FROM unused WHERE row."orgId" = unused."orgId" AND row."id" = unused."id"
    )
    SELECT "orgId", "id" AS "subject", 'API_KEY' AS "kind", "scopes", "expiresAt" FROM key
    UNION ALL SELECT "orgId", "id", 'GATEWAY', ARRAY['gateways:runtime'], "expiresAt" FROM token`);
  return credential ?? null;
}
