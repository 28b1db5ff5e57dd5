-- CreateEnum
CREATE TYPE "ApprovalSource" AS ENUM ('WORKFLOW', 'POLICY', 'ESCALATION');

-- CreateEnum
CREATE TYPE "ApprovalSeverity" AS ENUM ('NORMAL', 'ELEVATED', 'CRITICAL');

-- CreateEnum
CREATE TYPE "ApprovalStatus" AS ENUM ('PENDING', 'APPROVED', 'REJECTED');

-- CreateEnum
CREATE TYPE "DeploymentStatus" AS ENUM ('PENDING', 'ACTIVE', 'INACTIVE');

-- CreateEnum
CREATE TYPE "HumanInputRequestStatus" AS ENUM ('PENDING', 'ANSWERED', 'EXPIRED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "StepResultStatus" AS ENUM ('PENDING', 'HELD', 'DISPATCHED', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED', 'TIMED_OUT');

-- CreateEnum
CREATE TYPE "WorkflowStatus" AS ENUM ('DRAFT', 'ACTIVE', 'PAUSED', 'DEPRECATED');

-- CreateEnum
CREATE TYPE "WorkflowTriggerType" AS ENUM ('MANUAL', 'SCHEDULED', 'EVENT');

-- CreateEnum
CREATE TYPE "WorkflowRunRunType" AS ENUM ('PRESCRIPTIVE', 'DELEGATED');

-- CreateEnum
CREATE TYPE "WorkflowRunStatus" AS ENUM ('PENDING', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "approvals" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "stepResultId" TEXT,
    "summary" TEXT NOT NULL,
    "source" "ApprovalSource" NOT NULL,
    "severity" "ApprovalSeverity" NOT NULL DEFAULT 'NORMAL',
    "policyId" TEXT,
    "channelId" TEXT,
    "status" "ApprovalStatus" NOT NULL DEFAULT 'PENDING',
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedById" TEXT,
    "resolvedAt" TIMESTAMPTZ(3),
    "comment" TEXT,
    "remindersSent" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("orgId","id")
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
CREATE TABLE "deployments" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "status" "DeploymentStatus" NOT NULL DEFAULT 'PENDING',
    "roleBindings" JSONB NOT NULL,
    "deployedById" TEXT,
    "activatedAt" TIMESTAMPTZ(3),
    "deactivatedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deployments_pkey" PRIMARY KEY ("orgId","id")
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
CREATE TABLE "executionEvents" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stepId" TEXT,
    "sequence" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "executionEvents_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "handoffs" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "fromStepId" TEXT NOT NULL,
    "toStepId" TEXT NOT NULL,
    "fromAgentId" TEXT,
    "toAgentId" TEXT,
    "summary" TEXT,
    "payload" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "handoffs_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "humanInputRequests" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "responseSchema" JSONB,
    "status" "HumanInputRequestStatus" NOT NULL DEFAULT 'PENDING',
    "response" JSONB,
    "answeredById" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "humanInputRequests_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "runArtifacts" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stepId" TEXT,
    "name" TEXT NOT NULL,
    "mimeType" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "agentId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "runArtifacts_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "stepResults" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "status" "StepResultStatus" NOT NULL,
    "agentId" TEXT,
    "gatewayId" TEXT,
    "modelId" TEXT,
    "output" JSONB,
    "error" JSONB,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costCents" DECIMAL(28,10) NOT NULL DEFAULT 0,
    "durationMs" INTEGER,
    "metadata" JSONB,
    "startedAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stepResults_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "stepThreads" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "agentId" TEXT,
    "gatewayId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stepThreads_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "workflows" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" "WorkflowStatus" NOT NULL DEFAULT 'DRAFT',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "currentVersion" INTEGER NOT NULL DEFAULT 0,
    "triggerType" "WorkflowTriggerType" NOT NULL DEFAULT 'MANUAL',
    "schedule" TEXT,
    "nextScheduledRunAt" TIMESTAMPTZ(3),
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflows_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "workflowCheckpoints" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "completedStepIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "skippedStepIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "variables" JSONB NOT NULL,
    "accumulatedOutputs" JSONB NOT NULL,
    "variableOverwriteOrder" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflowCheckpoints_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "workflowDocuments" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "yaml" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflowDocuments_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "workflowRuns" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "workflowVersionId" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "runType" "WorkflowRunRunType" NOT NULL DEFAULT 'PRESCRIPTIVE',
    "goal" TEXT,
    "status" "WorkflowRunStatus" NOT NULL,
    "args" JSONB NOT NULL,
    "guardrails" JSONB,
    "totalCostCents" DECIMAL(28,10) NOT NULL DEFAULT 0,
    "totalTokens" BIGINT NOT NULL DEFAULT 0,
    "pendingApprovals" INTEGER NOT NULL DEFAULT 0,
    "gatewayId" TEXT,
    "deploymentId" TEXT,
    "startedById" TEXT,
    "factoryId" TEXT,
    "parentRunId" TEXT,
    "branchedFromCheckpointId" TEXT,
    "traceId" TEXT NOT NULL,
    "failureSnapshot" JSONB,
    "startedAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflowRuns_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "workflowVersions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "changelog" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflowVersions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "approvals_orgId_createdAt_id_idx" ON "approvals"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvals_orgId_runId_createdAt_id_idx" ON "approvals"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvals_orgId_stepResultId_createdAt_id_idx" ON "approvals"("orgId", "stepResultId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvals_orgId_status_createdAt_id_idx" ON "approvals"("orgId", "status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvals_orgId_runId_stepId_createdAt_id_idx" ON "approvals"("orgId", "runId", "stepId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvals_orgId_requestedAt_id_idx" ON "approvals"("orgId", "requestedAt", "id");

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE INDEX "deployments_orgId_createdAt_id_idx" ON "deployments"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "deployments_orgId_workflowId_createdAt_id_idx" ON "deployments"("orgId", "workflowId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "deployments_orgId_status_createdAt_id_idx" ON "deployments"("orgId", "status", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "executionEvents_orgId_runId_sequence_key" ON "executionEvents"("orgId", "runId", "sequence");

-- CreateIndex
CREATE INDEX "executionEvents_orgId_occurredAt_id_idx" ON "executionEvents"("orgId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "executionEvents_orgId_runId_occurredAt_id_idx" ON "executionEvents"("orgId", "runId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "executionEvents_orgId_runId_stepId_occurredAt_id_idx" ON "executionEvents"("orgId", "runId", "stepId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "handoffs_orgId_createdAt_id_idx" ON "handoffs"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "handoffs_orgId_runId_createdAt_id_idx" ON "handoffs"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "handoffs_orgId_fromAgentId_createdAt_id_idx" ON "handoffs"("orgId", "fromAgentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "handoffs_orgId_toAgentId_createdAt_id_idx" ON "handoffs"("orgId", "toAgentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "humanInputRequests_orgId_createdAt_id_idx" ON "humanInputRequests"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "humanInputRequests_orgId_runId_createdAt_id_idx" ON "humanInputRequests"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "runArtifacts_orgId_createdAt_id_idx" ON "runArtifacts"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "runArtifacts_orgId_runId_createdAt_id_idx" ON "runArtifacts"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "runArtifacts_orgId_agentId_createdAt_id_idx" ON "runArtifacts"("orgId", "agentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepResults_orgId_createdAt_id_idx" ON "stepResults"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepResults_orgId_runId_createdAt_id_idx" ON "stepResults"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepResults_orgId_agentId_createdAt_id_idx" ON "stepResults"("orgId", "agentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepResults_orgId_runId_stepId_createdAt_id_idx" ON "stepResults"("orgId", "runId", "stepId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepResults_orgId_startedAt_id_idx" ON "stepResults"("orgId", "startedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "stepResults_orgId_runId_stepId_attempt_key" ON "stepResults"("orgId", "runId", "stepId", "attempt");

-- CreateIndex
CREATE INDEX "stepThreads_orgId_createdAt_id_idx" ON "stepThreads"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepThreads_orgId_runId_createdAt_id_idx" ON "stepThreads"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepThreads_orgId_agentId_createdAt_id_idx" ON "stepThreads"("orgId", "agentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepThreads_orgId_runId_stepId_createdAt_id_idx" ON "stepThreads"("orgId", "runId", "stepId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflows_orgId_createdAt_id_idx" ON "workflows"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflows_orgId_triggerType_status_nextScheduledRunAt_creat_idx" ON "workflows"("orgId", "triggerType", "status", "nextScheduledRunAt", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workflows_orgId_name_key" ON "workflows"("orgId", "name");

-- CreateIndex
CREATE INDEX "workflowCheckpoints_orgId_createdAt_id_idx" ON "workflowCheckpoints"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowCheckpoints_orgId_runId_createdAt_id_idx" ON "workflowCheckpoints"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workflowCheckpoints_orgId_runId_sequence_key" ON "workflowCheckpoints"("orgId", "runId", "sequence");

-- CreateIndex
CREATE INDEX "workflowDocuments_orgId_createdAt_id_idx" ON "workflowDocuments"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowDocuments_orgId_workflowId_createdAt_id_idx" ON "workflowDocuments"("orgId", "workflowId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_createdAt_id_idx" ON "workflowRuns"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_workflowId_createdAt_id_idx" ON "workflowRuns"("orgId", "workflowId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_workflowVersionId_createdAt_id_idx" ON "workflowRuns"("orgId", "workflowVersionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_deploymentId_createdAt_id_idx" ON "workflowRuns"("orgId", "deploymentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_parentRunId_createdAt_id_idx" ON "workflowRuns"("orgId", "parentRunId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_branchedFromCheckpointId_createdAt_id_idx" ON "workflowRuns"("orgId", "branchedFromCheckpointId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_status_createdAt_id_idx" ON "workflowRuns"("orgId", "status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_startedAt_createdAt_id_idx" ON "workflowRuns"("orgId", "startedAt", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_startedAt_id_idx" ON "workflowRuns"("orgId", "startedAt", "id");

-- CreateIndex
CREATE INDEX "workflowVersions_orgId_createdAt_id_idx" ON "workflowVersions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowVersions_orgId_workflowId_createdAt_id_idx" ON "workflowVersions"("orgId", "workflowId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workflowVersions_orgId_workflowId_version_key" ON "workflowVersions"("orgId", "workflowId", "version");

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_orgId_stepResultId_fkey" FOREIGN KEY ("orgId", "stepResultId") REFERENCES "stepResults"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_orgId_workflowId_fkey" FOREIGN KEY ("orgId", "workflowId") REFERENCES "workflows"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "executionEvents" ADD CONSTRAINT "executionEvents_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "humanInputRequests" ADD CONSTRAINT "humanInputRequests_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "runArtifacts" ADD CONSTRAINT "runArtifacts_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stepResults" ADD CONSTRAINT "stepResults_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stepThreads" ADD CONSTRAINT "stepThreads_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowCheckpoints" ADD CONSTRAINT "workflowCheckpoints_orgId_runId_fkey" FOREIGN KEY ("orgId", "runId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowDocuments" ADD CONSTRAINT "workflowDocuments_orgId_workflowId_fkey" FOREIGN KEY ("orgId", "workflowId") REFERENCES "workflows"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowRuns" ADD CONSTRAINT "workflowRuns_orgId_workflowId_fkey" FOREIGN KEY ("orgId", "workflowId") REFERENCES "workflows"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowRuns" ADD CONSTRAINT "workflowRuns_orgId_workflowVersionId_fkey" FOREIGN KEY ("orgId", "workflowVersionId") REFERENCES "workflowVersions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowRuns" ADD CONSTRAINT "workflowRuns_orgId_deploymentId_fkey" FOREIGN KEY ("orgId", "deploymentId") REFERENCES "deployments"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowRuns" ADD CONSTRAINT "workflowRuns_orgId_parentRunId_fkey" FOREIGN KEY ("orgId", "parentRunId") REFERENCES "workflowRuns"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowRuns" ADD CONSTRAINT "workflowRuns_orgId_branchedFromCheckpointId_fkey" FOREIGN KEY ("orgId", "branchedFromCheckpointId") REFERENCES "workflowCheckpoints"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workflowVersions" ADD CONSTRAINT "workflowVersions_orgId_workflowId_fkey" FOREIGN KEY ("orgId", "workflowId") REFERENCES "workflows"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Below: what a Prisma schema cannot say.

-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "approvals" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "deployments" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "humanInputRequests" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "stepResults" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "workflows" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "workflowDocuments" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "workflowRuns" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE ON "workflowVersions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE ON "workflowCheckpoints" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE ON "executionEvents" FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "workflows"
  ADD CONSTRAINT workflows_name_is_kebab_case CHECK ("name" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("name") <= 100),
  ADD CONSTRAINT workflows_schedule_fits_trigger CHECK (("triggerType" = 'SCHEDULED') = ("schedule" IS NOT NULL)),
  ADD CONSTRAINT workflows_active_has_version CHECK ("status" <> 'ACTIVE' OR "currentVersion" >= 1),
  ADD CONSTRAINT workflows_version_not_negative CHECK ("currentVersion" >= 0);

ALTER TABLE "workflowVersions" ADD CONSTRAINT "workflowVersions_count_from_one" CHECK ("version" >= 1);

ALTER TABLE "workflowRuns"
  ADD CONSTRAINT "workflowRuns_totals_not_negative" CHECK ("totalCostCents" >= 0 AND "totalTokens" >= 0 AND "pendingApprovals" >= 0),
  ADD CONSTRAINT "workflowRuns_ends_after_start" CHECK ("completedAt" >= "startedAt");

-- The definition a run was started with stays, whatever becomes of the workflow.
CREATE FUNCTION refuse_new_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the definition of run % is pinned', OLD."id" USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_new_definition BEFORE UPDATE ON "workflowRuns" FOR EACH ROW
  WHEN (NEW."definition" IS DISTINCT FROM OLD."definition" OR NEW."workflowVersionId" IS DISTINCT FROM OLD."workflowVersionId")
  EXECUTE FUNCTION refuse_new_definition();

ALTER TABLE "stepResults"
  ADD CONSTRAINT "stepResults_attempts_from_one" CHECK ("attempt" >= 1),
  ADD CONSTRAINT "stepResults_usage_not_negative" CHECK ("inputTokens" >= 0 AND "outputTokens" >= 0 AND "costCents" >= 0 AND "durationMs" >= 0);

CREATE UNIQUE INDEX "deployments_one_active" ON "deployments" ("orgId", "workflowId", "environment") WHERE "status" = 'ACTIVE';

ALTER TABLE "approvals"
  ADD CONSTRAINT approvals_resolved_has_time CHECK (("status" = 'PENDING') = ("resolvedAt" IS NULL)),
  ADD CONSTRAINT approvals_reminders_not_negative CHECK ("remindersSent" >= 0);

ALTER TABLE "humanInputRequests"
  ADD CONSTRAINT "humanInputRequests_answered_has_time" CHECK (("status" = 'ANSWERED') = ("answeredAt" IS NOT NULL));

ALTER TABLE "runArtifacts"
  ADD CONSTRAINT "runArtifacts_size_not_negative" CHECK ("sizeBytes" >= 0),
  ADD CONSTRAINT "runArtifacts_sha256_is_hex" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
