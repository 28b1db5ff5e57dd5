-- CreateEnum
CREATE TYPE "AgentStatus" AS ENUM ('ACTIVE', 'PAUSED', 'ERROR', 'TERMINATED');

-- CreateEnum
CREATE TYPE "AgentDefinitionStatus" AS ENUM ('DRAFT', 'ACTIVE', 'SUSPENDED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "AgentDefinitionLifecyclePhase" AS ENUM ('POC', 'STAGING', 'PRODUCTION', 'SUNSET');

-- CreateEnum
CREATE TYPE "AgentDefinitionTier" AS ENUM ('OPERATOR', 'DEPARTMENT', 'PERSONAL');

-- CreateEnum
CREATE TYPE "AgentDefinitionAutonomyRung" AS ENUM ('ASSISTIVE', 'RETRIEVAL', 'SUPERVISED', 'BOUNDED');

-- CreateEnum
CREATE TYPE "AgentDefinitionRiskTier" AS ENUM ('LOW', 'MEDIUM', 'HIGH');

-- CreateEnum
CREATE TYPE "AgentDefinitionMemoryMode" AS ENUM ('NONE', 'SESSION', 'PERSISTENT', 'VECTOR');

-- CreateEnum
CREATE TYPE "AgentDeploymentStatus" AS ENUM ('UNDEPLOYED', 'DEPLOYING', 'DEPLOYED', 'FAILED', 'SUSPENDED');

-- CreateEnum
CREATE TYPE "AgentDeploymentSyncStatus" AS ENUM ('SYNCED', 'PENDING_PUSH', 'PUSH_FAILED', 'DRIFTED');

-- CreateTable
CREATE TABLE "agentRegistry" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "definitionId" TEXT,
    "workerId" TEXT,
    "status" "AgentStatus" NOT NULL DEFAULT 'ACTIVE',
    "maxConcurrency" INTEGER NOT NULL DEFAULT 1,
    "lastSeenAt" TIMESTAMPTZ(3),
    "metadata" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentRegistry_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "agentConfigRevisions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "definitionId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "patch" JSONB NOT NULL,
    "snapshot" JSONB NOT NULL,
    "changedById" TEXT,
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentConfigRevisions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "agentDefinitions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "purpose" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "AgentDefinitionStatus" NOT NULL DEFAULT 'DRAFT',
    "lifecyclePhase" "AgentDefinitionLifecyclePhase" NOT NULL DEFAULT 'POC',
    "phaseExpiresAt" TIMESTAMPTZ(3),
    "tier" "AgentDefinitionTier" NOT NULL,
    "trustLevel" INTEGER NOT NULL DEFAULT 1,
    "autonomyRung" "AgentDefinitionAutonomyRung" NOT NULL DEFAULT 'SUPERVISED',
    "riskTier" "AgentDefinitionRiskTier",
    "memoryMode" "AgentDefinitionMemoryMode" NOT NULL DEFAULT 'SESSION',
    "promptText" TEXT,
    "promptId" TEXT,
    "defaultModelId" TEXT,
    "skillIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tools" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "constraints" JSONB NOT NULL,
    "budgetMonthlyCents" DECIMAL(28,10),
    "ownerId" TEXT,
    "owningTeamId" TEXT,
    "roleId" TEXT,
    "templateId" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentDefinitions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "agentDeployments" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "definitionId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "AgentDeploymentStatus" NOT NULL DEFAULT 'UNDEPLOYED',
    "syncStatus" "AgentDeploymentSyncStatus" NOT NULL DEFAULT 'PENDING_PUSH',
    "overrides" JSONB NOT NULL,
    "deployedAt" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentDeployments_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "agentSkillDelegations" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "fromDefinitionId" TEXT NOT NULL,
    "toDefinitionId" TEXT NOT NULL,
    "skillId" TEXT NOT NULL,
    "conditions" JSONB,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentSkillDelegations_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "agentTemplates" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "config" JSONB NOT NULL,
    "skillIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "defaultModelId" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "usageCount" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentTemplates_pkey" PRIMARY KEY ("orgId","id")
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

-- CreateIndex
CREATE INDEX "agentRegistry_orgId_createdAt_id_idx" ON "agentRegistry"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentRegistry_orgId_definitionId_createdAt_id_idx" ON "agentRegistry"("orgId", "definitionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentRegistry_orgId_agentId_createdAt_id_idx" ON "agentRegistry"("orgId", "agentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentRegistry_orgId_gatewayId_createdAt_id_idx" ON "agentRegistry"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentRegistry_orgId_name_id_idx" ON "agentRegistry"("orgId", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agentRegistry_orgId_gatewayId_agentId_key" ON "agentRegistry"("orgId", "gatewayId", "agentId");

-- CreateIndex
CREATE INDEX "agentConfigRevisions_orgId_createdAt_id_idx" ON "agentConfigRevisions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentConfigRevisions_orgId_definitionId_createdAt_id_idx" ON "agentConfigRevisions"("orgId", "definitionId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agentConfigRevisions_orgId_definitionId_revision_key" ON "agentConfigRevisions"("orgId", "definitionId", "revision");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_createdAt_id_idx" ON "agentDefinitions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_templateId_createdAt_id_idx" ON "agentDefinitions"("orgId", "templateId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_status_createdAt_id_idx" ON "agentDefinitions"("orgId", "status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_name_id_idx" ON "agentDefinitions"("orgId", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agentDefinitions_orgId_agentId_key" ON "agentDefinitions"("orgId", "agentId");

-- CreateIndex
CREATE INDEX "agentDeployments_orgId_createdAt_id_idx" ON "agentDeployments"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDeployments_orgId_definitionId_createdAt_id_idx" ON "agentDeployments"("orgId", "definitionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDeployments_orgId_gatewayId_createdAt_id_idx" ON "agentDeployments"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agentDeployments_orgId_definitionId_gatewayId_key" ON "agentDeployments"("orgId", "definitionId", "gatewayId");

-- CreateIndex
CREATE INDEX "agentSkillDelegations_orgId_createdAt_id_idx" ON "agentSkillDelegations"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentSkillDelegations_orgId_fromDefinitionId_createdAt_id_idx" ON "agentSkillDelegations"("orgId", "fromDefinitionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentSkillDelegations_orgId_toDefinitionId_createdAt_id_idx" ON "agentSkillDelegations"("orgId", "toDefinitionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentTemplates_orgId_createdAt_id_idx" ON "agentTemplates"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentTemplates_orgId_category_createdAt_id_idx" ON "agentTemplates"("orgId", "category", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentTemplates_orgId_name_id_idx" ON "agentTemplates"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- AddForeignKey
ALTER TABLE "agentRegistry" ADD CONSTRAINT "agentRegistry_orgId_definitionId_fkey" FOREIGN KEY ("orgId", "definitionId") REFERENCES "agentDefinitions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agentConfigRevisions" ADD CONSTRAINT "agentConfigRevisions_orgId_definitionId_fkey" FOREIGN KEY ("orgId", "definitionId") REFERENCES "agentDefinitions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agentDefinitions" ADD CONSTRAINT "agentDefinitions_orgId_templateId_fkey" FOREIGN KEY ("orgId", "templateId") REFERENCES "agentTemplates"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agentDeployments" ADD CONSTRAINT "agentDeployments_orgId_definitionId_fkey" FOREIGN KEY ("orgId", "definitionId") REFERENCES "agentDefinitions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agentSkillDelegations" ADD CONSTRAINT "agentSkillDelegations_orgId_fromDefinitionId_fkey" FOREIGN KEY ("orgId", "fromDefinitionId") REFERENCES "agentDefinitions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agentSkillDelegations" ADD CONSTRAINT "agentSkillDelegations_orgId_toDefinitionId_fkey" FOREIGN KEY ("orgId", "toDefinitionId") REFERENCES "agentDefinitions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Below: what a Prisma schema cannot say.

-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentRegistry" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentDefinitions" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentDeployments" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentSkillDelegations" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentTemplates" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE ON "agentConfigRevisions" FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "agentRegistry" ADD CONSTRAINT "agentRegistry_concurrency_from_one" CHECK ("maxConcurrency" >= 1);

ALTER TABLE "agentDefinitions"
  ADD CONSTRAINT "agentDefinitions_agentId_is_slug" CHECK ("agentId" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("agentId") <= 100),
  ADD CONSTRAINT "agentDefinitions_trust_from_1_to_10" CHECK ("trustLevel" BETWEEN 1 AND 10),
  ADD CONSTRAINT "agentDefinitions_version_from_one" CHECK ("version" >= 1),
  ADD CONSTRAINT "agentDefinitions_budget_not_negative" CHECK ("budgetMonthlyCents" >= 0),
  ADD CONSTRAINT "agentDefinitions_active_is_complete"
    CHECK ("status" <> 'ACTIVE' OR ("defaultModelId" IS NOT NULL AND coalesce("promptText", "promptId") IS NOT NULL)),
  ADD CONSTRAINT "agentDefinitions_production_is_owned"
    CHECK ("lifecyclePhase" <> 'PRODUCTION' OR num_nulls("riskTier", "ownerId", "owningTeamId", "roleId") = 0);

ALTER TABLE "agentDeployments" ADD CONSTRAINT "agentDeployments_version_from_one" CHECK ("version" >= 1);

ALTER TABLE "agentSkillDelegations" ADD CONSTRAINT "agentSkillDelegations_not_to_oneself" CHECK ("fromDefinitionId" <> "toDefinitionId");

ALTER TABLE "agentTemplates" ADD CONSTRAINT "agentTemplates_counts_not_negative" CHECK ("version" >= 1 AND "usageCount" >= 0);
