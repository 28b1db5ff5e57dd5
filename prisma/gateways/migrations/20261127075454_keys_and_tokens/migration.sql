-- AlterTable
ALTER TABLE "gatewayRegistry" ADD COLUMN     "tokenUsedAt" TIMESTAMPTZ(3);

-- Below: what a Prisma schema cannot say.

ALTER TABLE "gatewayRegistry" ADD CONSTRAINT "gatewayRegistry_used_token_is_there" CHECK ("tokenUsedAt" IS NULL OR "tokenHash" IS NOT NULL);

-- For the job that every minute looks in all organisations for gateways that have fallen silent.
CREATE INDEX "gatewayRegistry_lastSeenAt_idx" ON "gatewayRegistry"("lastSeenAt") WHERE "status" <> 'OFFLINE';

-- That something is used or was heard of is no change to it: whoever is about to change what they have read must not lose against that.
CREATE OR REPLACE TRIGGER touch_updated_at BEFORE UPDATE ON "apiKeys" FOR EACH ROW
  WHEN ((to_jsonb(NEW) - 'lastUsedAt') IS DISTINCT FROM (to_jsonb(OLD) - 'lastUsedAt'))
  EXECUTE FUNCTION touch_updated_at();
CREATE OR REPLACE TRIGGER touch_updated_at BEFORE UPDATE ON "gatewayRegistry" FOR EACH ROW
  WHEN ((to_jsonb(NEW) - 'lastSeenAt' - 'tokenUsedAt') IS DISTINCT FROM (to_jsonb(OLD) - 'lastSeenAt' - 'tokenUsedAt'))
  EXECUTE FUNCTION touch_updated_at();

-- Scopes with those that come with them, as packages/auth/src/scopes.ts has it, but for admin, which holds all.
CREATE FUNCTION scopes_granted_by(given TEXT[]) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT given || ARRAY(
    SELECT regexp_replace(scope, ':write$', ':read') FROM unnest(given) AS scope WHERE scope LIKE '%:write'
    UNION ALL
    SELECT implied FROM (VALUES
      ('workflow:execute', 'workflow:read'),
      ('governance:approve', 'governance:read'), ('governance:approve', 'workflow:read'), ('governance:audit', 'governance:read'),
      ('gateways:keys', 'gateways:read'),
      ('budget:spend', 'budget:read')
    ) AS known (scope, implied) WHERE scope = ANY(given)
  )
$$;

-- The parent is locked until the child is there: revoking it either comes first and is seen here, or finds the child.
CREATE OR REPLACE FUNCTION keep_within_parent_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent "apiKeys";
BEGIN
  SELECT * INTO parent FROM "apiKeys" WHERE "orgId" = NEW."orgId" AND "id" = NEW."parentKeyId" FOR SHARE;
  IF parent."status" = 'REVOKED' AND NEW."status" <> 'REVOKED' THEN
    RAISE EXCEPTION 'key % violates constraint "apiKeys_parent_is_active"', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  -- The scope admin holds all others.
  IF NOT (scopes_granted_by(parent."scopes") @> NEW."scopes" OR 'admin' = ANY(parent."scopes")) THEN
    RAISE EXCEPTION 'key % violates constraint "apiKeys_scopes_within_parent"', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  IF NEW."expiresAt" > parent."expiresAt" OR (NEW."expiresAt" IS NULL AND parent."expiresAt" IS NOT NULL) THEN
    RAISE EXCEPTION 'key % violates constraint "apiKeys_expires_with_parent"', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Nor does it ever expire at another time, so that no child outlives it.
CREATE OR REPLACE FUNCTION refuse_other_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'key % keeps its hash, scopes, parent and expiry, and a revoked one stays revoked', OLD."id" USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER refuse_other_key BEFORE UPDATE ON "apiKeys" FOR EACH ROW
  WHEN ((NEW."keyHash", NEW."scopes", NEW."parentKeyId", NEW."expiresAt") IS DISTINCT FROM (OLD."keyHash", OLD."scopes", OLD."parentKeyId", OLD."expiresAt")
    OR (OLD."status" = 'REVOKED' AND NEW."status" <> 'REVOKED'))
  EXECUTE FUNCTION refuse_other_key();
