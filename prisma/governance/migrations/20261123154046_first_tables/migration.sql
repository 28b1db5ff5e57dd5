-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ApprovalPolicyScopeType" AS ENUM ('GLOBAL', 'GATEWAY', 'AGENT', 'ENVIRONMENT');

-- CreateEnum
CREATE TYPE "ApprovalPolicyTrigger" AS ENUM ('COST_ABOVE', 'TRUST_BELOW', 'MODEL_NEEDS_APPROVAL', 'ENVIRONMENT', 'STEP_FLAG');

-- CreateEnum
CREATE TYPE "ApprovalPolicySeverity" AS ENUM ('NORMAL', 'ELEVATED', 'CRITICAL');

-- CreateEnum
CREATE TYPE "AuditEventCategory" AS ENUM ('GOVERNANCE', 'EXECUTION', 'LIFECYCLE', 'SECURITY', 'CONFIGURATION', 'DEPLOY');

-- CreateEnum
CREATE TYPE "AuditEventActorType" AS ENUM ('WORKER', 'AGENT', 'API_KEY', 'GATEWAY', 'SYSTEM');

-- CreateEnum
CREATE TYPE "OrgTierGrantTier" AS ENUM ('FREE', 'TEAM', 'BUSINESS', 'ENTERPRISE');

-- CreateEnum
CREATE TYPE "PlatformEventSeverity" AS ENUM ('DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL');

-- CreateEnum
CREATE TYPE "PolicyCategory" AS ENUM ('TRUST_BOUNDARY', 'BUDGET', 'RUN_CREATION', 'DEPLOYMENT', 'GUARDRAIL', 'CONFIG_CHANGE');

-- CreateEnum
CREATE TYPE "PolicyScopeType" AS ENUM ('GLOBAL', 'GATEWAY', 'AGENT', 'ENVIRONMENT');

-- CreateEnum
CREATE TYPE "PolicyAction" AS ENUM ('BLOCK', 'REQUIRE_APPROVAL', 'WARN', 'LOG');

-- CreateEnum
CREATE TYPE "PolicyEnforcement" AS ENUM ('HARD', 'SOFT', 'AUDIT');

-- CreateEnum
CREATE TYPE "WorkerRoleAutonomyTier" AS ENUM ('ADVISORY', 'RETRIEVAL', 'APPROVAL_REQUIRED', 'BOUNDED_AUTONOMOUS');

-- CreateEnum
CREATE TYPE "WorkerRoleAllowedActions" AS ENUM ('READ', 'EXECUTE', 'WRITE', 'FINANCIAL');

-- CreateTable
CREATE TABLE "approvalPolicies" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopeType" "ApprovalPolicyScopeType" NOT NULL,
    "scopeId" TEXT,
    "trigger" "ApprovalPolicyTrigger" NOT NULL,
    "threshold" DECIMAL(28,10),
    "severity" "ApprovalPolicySeverity" NOT NULL DEFAULT 'NORMAL',
    "approverRoleId" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approvalPolicies_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "auditEvents" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "category" "AuditEventCategory" NOT NULL,
    "eventType" TEXT NOT NULL,
    "actorType" "AuditEventActorType" NOT NULL,
    "actorId" TEXT,
    "resourceType" TEXT NOT NULL,
    "resourceId" TEXT NOT NULL,
    "runId" TEXT,
    "detail" JSONB NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "sequence" BIGINT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auditEvents_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "authorityGrants" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "granteeId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "grantedById" TEXT NOT NULL,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "reason" TEXT,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "authorityGrants_pkey" PRIMARY KEY ("orgId","id")
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
CREATE TABLE "orgTierGrants" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "tier" "OrgTierGrantTier" NOT NULL,
    "permissions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "limits" JSONB NOT NULL,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validTo" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orgTierGrants_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "platformEvents" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "severity" "PlatformEventSeverity" NOT NULL,
    "displayLabel" TEXT,
    "payload" JSONB NOT NULL,
    "runId" TEXT,
    "agentId" TEXT,
    "gatewayId" TEXT,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platformEvents_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "policies" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" "PolicyCategory" NOT NULL,
    "scopeType" "PolicyScopeType" NOT NULL,
    "scopeId" TEXT,
    "condition" JSONB NOT NULL,
    "action" "PolicyAction" NOT NULL,
    "enforcement" "PolicyEnforcement" NOT NULL DEFAULT 'HARD',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "workerRoles" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "autonomyTier" "WorkerRoleAutonomyTier" NOT NULL,
    "allowedEnvironments" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "allowedActions" "WorkerRoleAllowedActions"[] DEFAULT ARRAY[]::"WorkerRoleAllowedActions"[],
    "acceptedSourceClasses" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "requireFreshness" BOOLEAN NOT NULL DEFAULT false,
    "maxSpendCents" DECIMAL(28,10),
    "maxConcurrency" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workerRoles_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "approvalPolicies_orgId_createdAt_id_idx" ON "approvalPolicies"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvalPolicies_orgId_scopeType_scopeId_createdAt_id_idx" ON "approvalPolicies"("orgId", "scopeType", "scopeId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvalPolicies_orgId_name_id_idx" ON "approvalPolicies"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "approvalPolicies_orgId_approverRoleId_createdAt_id_idx" ON "approvalPolicies"("orgId", "approverRoleId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "auditEvents_orgId_occurredAt_id_idx" ON "auditEvents"("orgId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "auditEvents_orgId_category_occurredAt_id_idx" ON "auditEvents"("orgId", "category", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "auditEvents_orgId_runId_occurredAt_id_idx" ON "auditEvents"("orgId", "runId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "auditEvents_orgId_resourceId_occurredAt_id_idx" ON "auditEvents"("orgId", "resourceId", "occurredAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "auditEvents_orgId_sequence_key" ON "auditEvents"("orgId", "sequence");

-- CreateIndex
CREATE INDEX "authorityGrants_orgId_createdAt_id_idx" ON "authorityGrants"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "authorityGrants_orgId_granteeId_createdAt_id_idx" ON "authorityGrants"("orgId", "granteeId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "authorityGrants_orgId_roleId_createdAt_id_idx" ON "authorityGrants"("orgId", "roleId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "authorityGrants_orgId_grantedById_createdAt_id_idx" ON "authorityGrants"("orgId", "grantedById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE INDEX "orgTierGrants_orgId_createdAt_id_idx" ON "orgTierGrants"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "platformEvents_orgId_occurredAt_id_idx" ON "platformEvents"("orgId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "platformEvents_orgId_type_occurredAt_id_idx" ON "platformEvents"("orgId", "type", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "platformEvents_orgId_runId_occurredAt_id_idx" ON "platformEvents"("orgId", "runId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "platformEvents_orgId_agentId_occurredAt_id_idx" ON "platformEvents"("orgId", "agentId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "platformEvents_orgId_gatewayId_occurredAt_id_idx" ON "platformEvents"("orgId", "gatewayId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "policies_orgId_createdAt_id_idx" ON "policies"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "policies_orgId_scopeType_scopeId_createdAt_id_idx" ON "policies"("orgId", "scopeType", "scopeId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "policies_orgId_name_id_idx" ON "policies"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "workerRoles_orgId_createdAt_id_idx" ON "workerRoles"("orgId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workerRoles_orgId_name_key" ON "workerRoles"("orgId", "name");

-- AddForeignKey
ALTER TABLE "approvalPolicies" ADD CONSTRAINT "approvalPolicies_orgId_approverRoleId_fkey" FOREIGN KEY ("orgId", "approverRoleId") REFERENCES "workerRoles"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "authorityGrants" ADD CONSTRAINT "authorityGrants_orgId_roleId_fkey" FOREIGN KEY ("orgId", "roleId") REFERENCES "workerRoles"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Below: what a Prisma schema cannot say.

-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "approvalPolicies" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "authorityGrants" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "orgTierGrants" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "policies" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "workerRoles" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE ON "auditEvents" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE ON "platformEvents" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "auditEvents" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Retention says who it is, for one transaction: SET LOCAL forge.retention = 'on'. Nobody else removes what is on record.
-- It keeps mistakes out; against whoever can speak to the database as they like there is the chain of hashes.
CREATE FUNCTION refuse_delete_but_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('forge.retention', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'DELETE on "%": only retention removes a row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER refuse_delete BEFORE DELETE ON "auditEvents" FOR EACH ROW EXECUTE FUNCTION refuse_delete_but_retention();

-- A chain has one first row, which follows 64 zeros.
ALTER TABLE "auditEvents"
  ADD CONSTRAINT "auditEvents_hashes_are_hex" CHECK ("hash" ~ '^[0-9a-f]{64}$' AND "previousHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "auditEvents_actor_is_known" CHECK (("actorType" <> 'SYSTEM' OR "actorId" IS NULL) AND ("actorType" IN ('SYSTEM', 'API_KEY') OR "actorId" IS NOT NULL)),
  ADD CONSTRAINT "auditEvents_sequence_from_one" CHECK ("sequence" >= 1 AND ("sequence" = 1) = ("previousHash" = repeat('0', 64)));

-- The table in subgraphs/governance/src/scope.rules.ts.
CREATE FUNCTION scope_fits(scope_type text, scope_id text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE scope_type
    WHEN 'GLOBAL' THEN scope_id IS NULL
    WHEN 'GATEWAY' THEN coalesce(scope_id ~ '^gw_[0-7][0-9a-hjkmnp-tv-z]{25}$', false)
    WHEN 'AGENT' THEN coalesce(scope_id ~ '^agt_[0-7][0-9a-hjkmnp-tv-z]{25}$', false)
    WHEN 'ENVIRONMENT' THEN coalesce(scope_id ~ '^[a-z0-9-]{1,50}$', false)
  END
$$;

ALTER TABLE "policies"
  ADD CONSTRAINT policies_scope_fits CHECK (scope_fits("scopeType"::text, "scopeId")),
  ADD CONSTRAINT policies_priority_in_range CHECK ("priority" BETWEEN 0 AND 1000),
  ADD CONSTRAINT policies_condition_is_object CHECK (jsonb_typeof("condition") = 'object');

ALTER TABLE "approvalPolicies"
  ADD CONSTRAINT "approvalPolicies_scope_fits" CHECK (scope_fits("scopeType"::text, "scopeId")),
  ADD CONSTRAINT "approvalPolicies_environment_is_scope" CHECK ("trigger" <> 'ENVIRONMENT' OR "scopeType" = 'ENVIRONMENT'),
  ADD CONSTRAINT "approvalPolicies_threshold_fits_trigger" CHECK (CASE "trigger"
    WHEN 'COST_ABOVE' THEN coalesce("threshold" >= 0, false)
    WHEN 'TRUST_BELOW' THEN coalesce("threshold" IN (2, 3, 4, 5, 6, 7, 8, 9, 10), false)
    ELSE "threshold" IS NULL END);

ALTER TABLE "workerRoles"
  ADD CONSTRAINT "workerRoles_limits_make_sense" CHECK ("maxSpendCents" >= 0 AND "maxConcurrency" >= 1);

ALTER TABLE "authorityGrants"
  ADD CONSTRAINT "authorityGrants_to_another" CHECK ("granteeId" <> "grantedById"),
  ADD CONSTRAINT "authorityGrants_expires_after_start" CHECK ("expiresAt" > "startsAt");

-- At any moment an organisation has one tier, or none.
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE "orgTierGrants"
  ADD CONSTRAINT "orgTierGrants_ends_after_start" CHECK ("validTo" > "validFrom"),
  ADD CONSTRAINT "orgTierGrants_limits_is_object" CHECK (jsonb_typeof("limits") = 'object'),
  ADD CONSTRAINT "orgTierGrants_never_overlap" EXCLUDE USING gist ("orgId" WITH =, tstzrange("validFrom", "validTo") WITH &&);
