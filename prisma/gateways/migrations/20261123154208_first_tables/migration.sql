-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ApiKeyStatus" AS ENUM ('ACTIVE', 'REVOKED');

-- CreateEnum
CREATE TYPE "GatewayProvider" AS ENUM ('OPENCLAW', 'CLAUDE_AGENT_SDK', 'VERCEL_AI_SDK', 'GLOO_AI', 'CUSTOM');

-- CreateEnum
CREATE TYPE "GatewayStatus" AS ENUM ('HEALTHY', 'DEGRADED', 'OFFLINE');

-- CreateEnum
CREATE TYPE "GatewayRegistrationSource" AS ENUM ('SELF', 'MANUAL');

-- CreateEnum
CREATE TYPE "GatewayHealthCheckStatus" AS ENUM ('HEALTHY', 'DEGRADED', 'OFFLINE');

-- CreateEnum
CREATE TYPE "GatewayModelAccessAllowedTiers" AS ENUM ('OPERATOR', 'DEPARTMENT', 'PERSONAL');

-- CreateEnum
CREATE TYPE "GlooCredentialStatus" AS ENUM ('ACTIVE', 'EXPIRED', 'REVOKED');

-- CreateEnum
CREATE TYPE "WebhookDeliveryStatus" AS ENUM ('PENDING', 'DELIVERED', 'FAILED');

-- CreateEnum
CREATE TYPE "WebhookSubscriptionStatus" AS ENUM ('ACTIVE', 'PAUSED', 'REVOKED');

-- CreateTable
CREATE TABLE "apiKeys" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "keyPrefix" TEXT NOT NULL,
    "keyHash" TEXT NOT NULL,
    "interfaceId" TEXT,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" "ApiKeyStatus" NOT NULL DEFAULT 'ACTIVE',
    "parentKeyId" TEXT,
    "createdById" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "apiKeys_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "callbackDedup" (
    "orgId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "inputHash" TEXT,
    "resultId" TEXT,
    "handledAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "callbackDedup_pkey" PRIMARY KEY ("orgId","source","key")
);

-- CreateTable
CREATE TABLE "eventOutbox" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "eventOutbox_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "gatewayRegistry" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "provider" "GatewayProvider" NOT NULL,
    "environment" TEXT NOT NULL,
    "status" "GatewayStatus" NOT NULL DEFAULT 'OFFLINE',
    "capabilities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tokenHash" TEXT,
    "previousTokenHash" TEXT,
    "previousTokenExpiresAt" TIMESTAMPTZ(3),
    "instanceId" TEXT,
    "registrationSource" "GatewayRegistrationSource" NOT NULL,
    "minTrustLevel" INTEGER NOT NULL DEFAULT 1,
    "displayOrder" INTEGER NOT NULL DEFAULT 0,
    "lastSeenAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gatewayRegistry_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "gatewayHealthHistory" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "status" "GatewayHealthCheckStatus" NOT NULL,
    "latencyMs" INTEGER,
    "message" TEXT,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gatewayHealthHistory_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "gatewayModelAccess" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "allowed" BOOLEAN NOT NULL DEFAULT true,
    "allowedTiers" "GatewayModelAccessAllowedTiers"[] DEFAULT ARRAY[]::"GatewayModelAccessAllowedTiers"[],
    "requestsPerMinute" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gatewayModelAccess_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "glooCredentials" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "clientSecret" TEXT NOT NULL,
    "accessToken" TEXT,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" "GlooCredentialStatus" NOT NULL DEFAULT 'ACTIVE',
    "expiresAt" TIMESTAMPTZ(3),
    "gatewayId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "glooCredentials_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "webhookDeliveries" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "subscriptionId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "eventType" TEXT NOT NULL,
    "status" "WebhookDeliveryStatus" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "httpStatus" INTEGER,
    "responseMs" INTEGER,
    "error" TEXT,
    "nextAttemptAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhookDeliveries_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "webhookSubscriptions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "eventTypes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "secret" TEXT NOT NULL,
    "status" "WebhookSubscriptionStatus" NOT NULL DEFAULT 'ACTIVE',
    "description" TEXT,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhookSubscriptions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "apiKeys_keyHash_key" ON "apiKeys"("keyHash");

-- CreateIndex
CREATE INDEX "apiKeys_orgId_createdAt_id_idx" ON "apiKeys"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "apiKeys_orgId_parentKeyId_createdAt_id_idx" ON "apiKeys"("orgId", "parentKeyId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "apiKeys_orgId_createdById_createdAt_id_idx" ON "apiKeys"("orgId", "createdById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE UNIQUE INDEX "gatewayRegistry_tokenHash_key" ON "gatewayRegistry"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "gatewayRegistry_previousTokenHash_key" ON "gatewayRegistry"("previousTokenHash");

-- CreateIndex
CREATE INDEX "gatewayRegistry_orgId_createdAt_id_idx" ON "gatewayRegistry"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "gatewayRegistry_orgId_status_createdAt_id_idx" ON "gatewayRegistry"("orgId", "status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "gatewayRegistry_orgId_name_id_idx" ON "gatewayRegistry"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "gatewayRegistry_orgId_displayOrder_id_idx" ON "gatewayRegistry"("orgId", "displayOrder", "id");

-- CreateIndex
CREATE UNIQUE INDEX "gatewayRegistry_orgId_gatewayId_key" ON "gatewayRegistry"("orgId", "gatewayId");

-- CreateIndex
CREATE INDEX "gatewayHealthHistory_orgId_checkedAt_id_idx" ON "gatewayHealthHistory"("orgId", "checkedAt", "id");

-- CreateIndex
CREATE INDEX "gatewayHealthHistory_orgId_gatewayId_checkedAt_id_idx" ON "gatewayHealthHistory"("orgId", "gatewayId", "checkedAt", "id");

-- CreateIndex
CREATE INDEX "gatewayModelAccess_orgId_createdAt_id_idx" ON "gatewayModelAccess"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "gatewayModelAccess_orgId_gatewayId_createdAt_id_idx" ON "gatewayModelAccess"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "gatewayModelAccess_orgId_modelId_createdAt_id_idx" ON "gatewayModelAccess"("orgId", "modelId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "gatewayModelAccess_orgId_gatewayId_modelId_key" ON "gatewayModelAccess"("orgId", "gatewayId", "modelId");

-- CreateIndex
CREATE INDEX "glooCredentials_orgId_createdAt_id_idx" ON "glooCredentials"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "glooCredentials_orgId_name_id_idx" ON "glooCredentials"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "glooCredentials_orgId_gatewayId_createdAt_id_idx" ON "glooCredentials"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "webhookDeliveries_orgId_createdAt_id_idx" ON "webhookDeliveries"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "webhookDeliveries_orgId_subscriptionId_createdAt_id_idx" ON "webhookDeliveries"("orgId", "subscriptionId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhookDeliveries_orgId_subscriptionId_eventId_key" ON "webhookDeliveries"("orgId", "subscriptionId", "eventId");

-- CreateIndex
CREATE INDEX "webhookSubscriptions_orgId_createdAt_id_idx" ON "webhookSubscriptions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "webhookSubscriptions_orgId_createdById_createdAt_id_idx" ON "webhookSubscriptions"("orgId", "createdById", "createdAt", "id");

-- AddForeignKey
ALTER TABLE "apiKeys" ADD CONSTRAINT "apiKeys_orgId_parentKeyId_fkey" FOREIGN KEY ("orgId", "parentKeyId") REFERENCES "apiKeys"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "gatewayHealthHistory" ADD CONSTRAINT "gatewayHealthHistory_orgId_gatewayId_fkey" FOREIGN KEY ("orgId", "gatewayId") REFERENCES "gatewayRegistry"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "gatewayModelAccess" ADD CONSTRAINT "gatewayModelAccess_orgId_gatewayId_fkey" FOREIGN KEY ("orgId", "gatewayId") REFERENCES "gatewayRegistry"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "glooCredentials" ADD CONSTRAINT "glooCredentials_orgId_gatewayId_fkey" FOREIGN KEY ("orgId", "gatewayId") REFERENCES "gatewayRegistry"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "webhookDeliveries" ADD CONSTRAINT "webhookDeliveries_orgId_subscriptionId_fkey" FOREIGN KEY ("orgId", "subscriptionId") REFERENCES "webhookSubscriptions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Below: what a Prisma schema cannot say.

-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "apiKeys" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "gatewayRegistry" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER refuse_change BEFORE UPDATE ON "gatewayHealthHistory" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "gatewayModelAccess" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "glooCredentials" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "webhookDeliveries" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "webhookSubscriptions" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- The graph says that these lists are never null; Prisma's arrays may be.
ALTER TABLE "gatewayRegistry" ADD CONSTRAINT "gatewayRegistry_list_is_there" CHECK ("capabilities" IS NOT NULL);
ALTER TABLE "gatewayModelAccess" ADD CONSTRAINT "gatewayModelAccess_list_is_there" CHECK ("allowedTiers" IS NOT NULL);
ALTER TABLE "apiKeys" ADD CONSTRAINT "apiKeys_list_is_there" CHECK ("scopes" IS NOT NULL);
ALTER TABLE "glooCredentials" ADD CONSTRAINT "glooCredentials_list_is_there" CHECK ("scopes" IS NOT NULL);
ALTER TABLE "webhookSubscriptions" ADD CONSTRAINT "webhookSubscriptions_list_is_there" CHECK ("eventTypes" IS NOT NULL);

ALTER TABLE "gatewayRegistry"
  ADD CONSTRAINT "gatewayRegistry_trust_from_1_to_10" CHECK ("minTrustLevel" BETWEEN 1 AND 10),
  ADD CONSTRAINT "gatewayRegistry_hashes_are_sha256" CHECK ("tokenHash" ~ '^[0-9a-f]{64}$' AND "previousTokenHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "gatewayRegistry_overlap_ends" CHECK (("previousTokenHash" IS NULL) = ("previousTokenExpiresAt" IS NULL)),
  ADD CONSTRAINT "gatewayRegistry_previous_token_is_another" CHECK ("previousTokenHash" IS NULL OR "tokenHash" IS DISTINCT FROM "previousTokenHash"),
  ADD CONSTRAINT "gatewayRegistry_up_was_seen" CHECK ("status" = 'OFFLINE' OR "lastSeenAt" IS NOT NULL),
  ADD CONSTRAINT "gatewayRegistry_self_has_instance" CHECK ("registrationSource" = 'MANUAL' OR "instanceId" IS NOT NULL);

ALTER TABLE "gatewayHealthHistory" ADD CONSTRAINT "gatewayHealthHistory_latency_not_negative" CHECK ("latencyMs" >= 0);

ALTER TABLE "gatewayModelAccess"
  ADD CONSTRAINT "gatewayModelAccess_rate_from_1" CHECK ("requestsPerMinute" >= 1),
  ADD CONSTRAINT "gatewayModelAccess_tier_once" CHECK (cardinality("allowedTiers") =
    ('OPERATOR' = ANY("allowedTiers"))::int + ('DEPARTMENT' = ANY("allowedTiers"))::int + ('PERSONAL' = ANY("allowedTiers"))::int);

ALTER TABLE "apiKeys"
  ADD CONSTRAINT "apiKeys_label_not_long" CHECK (length("label") BETWEEN 1 AND 128),
  -- Short, so that nobody stores a whole key by mistake.
  ADD CONSTRAINT "apiKeys_prefix_is_short" CHECK ("keyPrefix" ~ '^forge_sk_[A-Za-z0-9_-]{4,12}$'),
  ADD CONSTRAINT "apiKeys_hash_is_sha256" CHECK ("keyHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "apiKeys_revoked_has_time" CHECK (("status" = 'REVOKED') = ("revokedAt" IS NOT NULL)),
  ADD CONSTRAINT "apiKeys_parent_is_another" CHECK ("parentKeyId" <> "id");

-- What a key may do is settled when it is made, so that a child never comes to more than its parent, and no circle arises.
CREATE FUNCTION refuse_other_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'key % keeps its hash, scopes and parent, and a revoked one stays revoked', OLD."id" USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_other_key BEFORE UPDATE ON "apiKeys" FOR EACH ROW
  WHEN ((NEW."keyHash", NEW."scopes", NEW."parentKeyId") IS DISTINCT FROM (OLD."keyHash", OLD."scopes", OLD."parentKeyId")
    OR (OLD."status" = 'REVOKED' AND NEW."status" <> 'REVOKED'))
  EXECUTE FUNCTION refuse_other_key();

-- The parent is locked until the child is there: revoking it either comes first and is seen here, or finds the child.
CREATE FUNCTION keep_within_parent_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent "apiKeys";
BEGIN
  SELECT * INTO parent FROM "apiKeys" WHERE "orgId" = NEW."orgId" AND "id" = NEW."parentKeyId" FOR SHARE;
  IF parent."status" = 'REVOKED' AND NEW."status" <> 'REVOKED' THEN
    RAISE EXCEPTION 'key % violates constraint "apiKeys_parent_is_active"', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  -- The scope admin holds all others.
  IF NOT (parent."scopes" @> NEW."scopes" OR 'admin' = ANY(parent."scopes")) THEN
    RAISE EXCEPTION 'key % violates constraint "apiKeys_scopes_within_parent"', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_within_parent_key BEFORE INSERT ON "apiKeys" FOR EACH ROW
  WHEN (NEW."parentKeyId" IS NOT NULL) EXECUTE FUNCTION keep_within_parent_key();

-- A revoked key takes its children with it, and they theirs.
CREATE FUNCTION revoke_child_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "apiKeys" SET "status" = 'REVOKED', "revokedAt" = NEW."revokedAt"
  WHERE "orgId" = NEW."orgId" AND "parentKeyId" = NEW."id" AND "status" = 'ACTIVE';
  RETURN NULL;
END $$;
CREATE TRIGGER revoke_child_keys AFTER UPDATE ON "apiKeys" FOR EACH ROW
  WHEN (NEW."status" = 'REVOKED' AND OLD."status" <> 'REVOKED') EXECUTE FUNCTION revoke_child_keys();

-- What is encrypted looks so, and nothing else gets in: format, id of the key, nonce with ciphertext and tag.
ALTER TABLE "glooCredentials"
  ADD CONSTRAINT "glooCredentials_secrets_are_sealed" CHECK ("clientSecret" ~ '^v1\.[a-z0-9-]{1,40}\.[A-Za-z0-9_-]{38,}$' AND "accessToken" ~ '^v1\.[a-z0-9-]{1,40}\.[A-Za-z0-9_-]{38,}$');

ALTER TABLE "webhookSubscriptions"
  ADD CONSTRAINT "webhookSubscriptions_secret_is_sealed" CHECK ("secret" ~ '^v1\.[a-z0-9-]{1,40}\.[A-Za-z0-9_-]{38,}$'),
  ADD CONSTRAINT "webhookSubscriptions_url_is_https" CHECK ("url" ~ '^https://'),
  ADD CONSTRAINT "webhookSubscriptions_listens_to_something" CHECK (cardinality("eventTypes") >= 1);

CREATE FUNCTION refuse_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'subscription % stays revoked', OLD."id" USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_return BEFORE UPDATE ON "webhookSubscriptions" FOR EACH ROW
  WHEN (OLD."status" = 'REVOKED' AND NEW."status" <> 'REVOKED') EXECUTE FUNCTION refuse_return();

ALTER TABLE "webhookDeliveries"
  ADD CONSTRAINT "webhookDeliveries_figures_fit" CHECK ("attempts" >= 0 AND "responseMs" >= 0 AND "httpStatus" BETWEEN 100 AND 599),
  ADD CONSTRAINT "webhookDeliveries_delivered_has_time" CHECK (("status" = 'DELIVERED') = ("deliveredAt" IS NOT NULL)),
  ADD CONSTRAINT "webhookDeliveries_over_when_decided" CHECK ("status" = 'PENDING' OR "nextAttemptAt" IS NULL),
  ADD CONSTRAINT "webhookDeliveries_delivered_was_tried" CHECK ("status" <> 'DELIVERED' OR "attempts" >= 1);
