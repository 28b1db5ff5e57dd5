-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ModelStatus" AS ENUM ('ACTIVE', 'PREVIEW', 'DEPRECATED');

-- CreateEnum
CREATE TYPE "ModelSlotSlot" AS ENUM ('DEFAULT', 'FAST', 'REASONING', 'VISION', 'EMBEDDING');

-- CreateEnum
CREATE TYPE "SkillDefinitionStatus" AS ENUM ('DRAFT', 'ACTIVE', 'DEPRECATED');

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
CREATE TABLE "stepLibrary" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "categoryId" TEXT NOT NULL,
    "description" TEXT,
    "definition" JSONB NOT NULL,
    "inputSchema" JSONB,
    "outputSchema" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stepLibrary_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "modelCatalog" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "modelKey" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "inputPrice" DECIMAL(18,6) NOT NULL,
    "outputPrice" DECIMAL(18,6) NOT NULL,
    "cachedInputPrice" DECIMAL(18,6),
    "contextWindow" INTEGER,
    "maxOutputTokens" INTEGER,
    "reasoning" BOOLEAN NOT NULL DEFAULT false,
    "modalities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" "ModelStatus" NOT NULL DEFAULT 'ACTIVE',
    "approvalRequired" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "modelCatalog_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "modelRoutingConfig" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "match" JSONB NOT NULL,
    "primaryModelId" TEXT NOT NULL,
    "fallbackModelIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "priority" INTEGER NOT NULL DEFAULT 0,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "modelRoutingConfig_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "modelSlots" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "definitionId" TEXT NOT NULL,
    "slot" "ModelSlotSlot" NOT NULL,
    "modelId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "modelSlots_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "promptLibrary" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "currentVersion" INTEGER NOT NULL DEFAULT 0,
    "ownerId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promptLibrary_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "promptVersions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "promptId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "template" TEXT NOT NULL,
    "variables" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "changelog" TEXT,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promptVersions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "modelRegistry" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "available" BOOLEAN NOT NULL DEFAULT true,
    "inputPrice" DECIMAL(18,6),
    "outputPrice" DECIMAL(18,6),
    "cachedInputPrice" DECIMAL(18,6),
    "lastSyncedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "modelRegistry_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "skillRegistry" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "definitionId" TEXT,
    "version" TEXT,
    "checksum" TEXT,
    "lastSyncedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "skillRegistry_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "skillDefinitions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "instructions" TEXT NOT NULL,
    "tools" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" "SkillDefinitionStatus" NOT NULL DEFAULT 'DRAFT',
    "version" INTEGER NOT NULL DEFAULT 1,
    "ownerId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "skillDefinitions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "stepCategories" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "icon" TEXT,
    "sortOrder" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stepCategories_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE INDEX "stepLibrary_orgId_createdAt_id_idx" ON "stepLibrary"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepLibrary_orgId_categoryId_createdAt_id_idx" ON "stepLibrary"("orgId", "categoryId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "stepLibrary_orgId_name_key" ON "stepLibrary"("orgId", "name");

-- CreateIndex
CREATE INDEX "modelCatalog_orgId_createdAt_id_idx" ON "modelCatalog"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "modelCatalog_orgId_provider_createdAt_id_idx" ON "modelCatalog"("orgId", "provider", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "modelCatalog_orgId_modelKey_key" ON "modelCatalog"("orgId", "modelKey");

-- CreateIndex
CREATE INDEX "modelRoutingConfig_orgId_createdAt_id_idx" ON "modelRoutingConfig"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "modelRoutingConfig_orgId_name_id_idx" ON "modelRoutingConfig"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "modelRoutingConfig_orgId_priority_id_idx" ON "modelRoutingConfig"("orgId", "priority", "id");

-- CreateIndex
CREATE INDEX "modelRoutingConfig_orgId_primaryModelId_createdAt_id_idx" ON "modelRoutingConfig"("orgId", "primaryModelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "modelRoutingConfig_fallbackModelIds_idx" ON "modelRoutingConfig" USING GIN ("fallbackModelIds");

-- CreateIndex
CREATE INDEX "modelSlots_orgId_createdAt_id_idx" ON "modelSlots"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "modelSlots_orgId_definitionId_createdAt_id_idx" ON "modelSlots"("orgId", "definitionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "modelSlots_orgId_modelId_createdAt_id_idx" ON "modelSlots"("orgId", "modelId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "modelSlots_orgId_definitionId_slot_key" ON "modelSlots"("orgId", "definitionId", "slot");

-- CreateIndex
CREATE INDEX "promptLibrary_orgId_createdAt_id_idx" ON "promptLibrary"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "promptLibrary_orgId_ownerId_createdAt_id_idx" ON "promptLibrary"("orgId", "ownerId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "promptLibrary_orgId_name_key" ON "promptLibrary"("orgId", "name");

-- CreateIndex
CREATE INDEX "promptVersions_orgId_createdAt_id_idx" ON "promptVersions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "promptVersions_orgId_promptId_createdAt_id_idx" ON "promptVersions"("orgId", "promptId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "promptVersions_orgId_createdById_createdAt_id_idx" ON "promptVersions"("orgId", "createdById", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "promptVersions_orgId_promptId_version_key" ON "promptVersions"("orgId", "promptId", "version");

-- CreateIndex
CREATE INDEX "modelRegistry_orgId_createdAt_id_idx" ON "modelRegistry"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "modelRegistry_orgId_modelId_createdAt_id_idx" ON "modelRegistry"("orgId", "modelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "modelRegistry_orgId_gatewayId_createdAt_id_idx" ON "modelRegistry"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "modelRegistry_orgId_gatewayId_modelId_key" ON "modelRegistry"("orgId", "gatewayId", "modelId");

-- CreateIndex
CREATE INDEX "skillRegistry_orgId_createdAt_id_idx" ON "skillRegistry"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "skillRegistry_orgId_name_createdAt_id_idx" ON "skillRegistry"("orgId", "name", "createdAt", "id");

-- CreateIndex
CREATE INDEX "skillRegistry_orgId_name_id_idx" ON "skillRegistry"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "skillRegistry_orgId_definitionId_createdAt_id_idx" ON "skillRegistry"("orgId", "definitionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "skillRegistry_orgId_gatewayId_createdAt_id_idx" ON "skillRegistry"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "skillRegistry_orgId_gatewayId_name_key" ON "skillRegistry"("orgId", "gatewayId", "name");

-- CreateIndex
CREATE INDEX "skillDefinitions_orgId_createdAt_id_idx" ON "skillDefinitions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "skillDefinitions_orgId_ownerId_createdAt_id_idx" ON "skillDefinitions"("orgId", "ownerId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "skillDefinitions_orgId_name_key" ON "skillDefinitions"("orgId", "name");

-- CreateIndex
CREATE INDEX "stepCategories_orgId_createdAt_id_idx" ON "stepCategories"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepCategories_orgId_sortOrder_id_idx" ON "stepCategories"("orgId", "sortOrder", "id");

-- CreateIndex
CREATE UNIQUE INDEX "stepCategories_orgId_name_key" ON "stepCategories"("orgId", "name");

-- AddForeignKey
ALTER TABLE "stepLibrary" ADD CONSTRAINT "stepLibrary_orgId_categoryId_fkey" FOREIGN KEY ("orgId", "categoryId") REFERENCES "stepCategories"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "modelRoutingConfig" ADD CONSTRAINT "modelRoutingConfig_orgId_primaryModelId_fkey" FOREIGN KEY ("orgId", "primaryModelId") REFERENCES "modelCatalog"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "modelSlots" ADD CONSTRAINT "modelSlots_orgId_modelId_fkey" FOREIGN KEY ("orgId", "modelId") REFERENCES "modelCatalog"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "promptVersions" ADD CONSTRAINT "promptVersions_orgId_promptId_fkey" FOREIGN KEY ("orgId", "promptId") REFERENCES "promptLibrary"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "modelRegistry" ADD CONSTRAINT "modelRegistry_orgId_modelId_fkey" FOREIGN KEY ("orgId", "modelId") REFERENCES "modelCatalog"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "skillRegistry" ADD CONSTRAINT "skillRegistry_orgId_definitionId_fkey" FOREIGN KEY ("orgId", "definitionId") REFERENCES "skillDefinitions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

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

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "stepLibrary" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "modelCatalog" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "modelRoutingConfig" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "modelSlots" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "promptLibrary" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER refuse_change BEFORE UPDATE ON "promptVersions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "modelRegistry" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "skillRegistry" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "skillDefinitions" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "stepCategories" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- "is distinct" for the entries of a list; CHECK takes no subquery of its own.
CREATE FUNCTION each_once(list text[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (SELECT count(*) = count(DISTINCT entry) FROM unnest(list) AS entry);

ALTER TABLE "modelCatalog"
  ADD CONSTRAINT "modelCatalog_key_is_provider_and_model" CHECK ("modelKey" ~ '^[a-z0-9]+([.-][a-z0-9]+)*/\S+$' AND length("modelKey") <= 200),
  ADD CONSTRAINT "modelCatalog_provider_is_of_key" CHECK ("provider" = split_part("modelKey", '/', 1)),
  ADD CONSTRAINT "modelCatalog_prices_not_negative" CHECK ("inputPrice" >= 0 AND "outputPrice" >= 0 AND "cachedInputPrice" >= 0),
  ADD CONSTRAINT "modelCatalog_limits_positive" CHECK ("contextWindow" >= 1 AND "maxOutputTokens" >= 1),
  ADD CONSTRAINT "modelCatalog_modalities_once" CHECK (each_once("modalities"));

-- A gateway's own rates are a price: input and output together, cached input at most with them.
ALTER TABLE "modelRegistry"
  ADD CONSTRAINT "modelRegistry_prices_not_negative" CHECK ("inputPrice" >= 0 AND "outputPrice" >= 0 AND "cachedInputPrice" >= 0),
  ADD CONSTRAINT "modelRegistry_rates_are_complete" CHECK (("inputPrice" IS NULL) = ("outputPrice" IS NULL) AND ("cachedInputPrice" IS NULL OR "inputPrice" IS NOT NULL));

ALTER TABLE "modelRoutingConfig"
  ADD CONSTRAINT "modelRoutingConfig_match_is_object" CHECK (jsonb_typeof("match") = 'object'),
  ADD CONSTRAINT "modelRoutingConfig_primary_is_no_fallback" CHECK ("primaryModelId" <> ALL ("fallbackModelIds")),
  ADD CONSTRAINT "modelRoutingConfig_fallbacks_once" CHECK (each_once("fallbackModelIds")),
  ADD CONSTRAINT "modelRoutingConfig_priority_not_negative" CHECK ("priority" >= 0);

-- A list of ids has no foreign key. Who writes one holds its models FOR KEY SHARE, so that of a rule and the deletion of
-- one of its models the later waits for the earlier, and sees it; the words are those that a foreign key would have.
CREATE FUNCTION refuse_deletion_of_fallback() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "modelRoutingConfig" WHERE "orgId" = OLD."orgId" AND "fallbackModelIds" @> ARRAY[OLD."id"]) THEN
    RAISE EXCEPTION 'update or delete on table "modelCatalog" violates constraint "modelRoutingConfig_orgId_fallbackModelIds_fkey"' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_deletion_of_fallback AFTER DELETE ON "modelCatalog" FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_fallback();

ALTER TABLE "skillDefinitions"
  ADD CONSTRAINT "skillDefinitions_count_from_one" CHECK ("version" >= 1),
  ADD CONSTRAINT "skillDefinitions_tools_once" CHECK (each_once("tools"));

ALTER TABLE "stepLibrary"
  ADD CONSTRAINT "stepLibrary_count_from_one" CHECK ("version" >= 1),
  ADD CONSTRAINT "stepLibrary_definition_is_object" CHECK (jsonb_typeof("definition") = 'object');

ALTER TABLE "stepCategories" ADD CONSTRAINT "stepCategories_sort_order_not_negative" CHECK ("sortOrder" >= 0);

ALTER TABLE "promptLibrary" ADD CONSTRAINT "promptLibrary_version_not_negative" CHECK ("currentVersion" >= 0);

ALTER TABLE "promptVersions"
  ADD CONSTRAINT "promptVersions_count_from_one" CHECK ("version" >= 1),
  ADD CONSTRAINT "promptVersions_variables_once" CHECK (each_once("variables"));
