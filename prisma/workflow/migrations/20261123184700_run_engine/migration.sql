-- CreateEnum
CREATE TYPE "StepResultHeldFor" AS ENUM ('APPROVAL', 'BUDGET', 'HUMAN_INPUT');

-- AlterTable
ALTER TABLE "handoffs" ADD COLUMN     "clearedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "stepResults" ADD COLUMN     "claimedAt" TIMESTAMPTZ(3),
ADD COLUMN     "clearedAt" TIMESTAMPTZ(3),
ADD COLUMN     "command" TEXT,
ADD COLUMN     "handoffId" TEXT,
ADD COLUMN     "heldFor" "StepResultHeldFor",
ADD COLUMN     "inputs" JSONB,
ADD COLUMN     "leaseExpiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "outputs" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "reserveCents" DECIMAL(28,10),
ADD COLUMN     "role" TEXT,
ADD COLUMN     "timeoutSeconds" INTEGER;

-- AlterTable
ALTER TABLE "workflowRuns" ADD COLUMN     "deadlineAt" TIMESTAMPTZ(3),
ADD COLUMN     "pendingHumanInputs" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "waitingReason" TEXT;

-- CreateTable
CREATE TABLE "knownAgents" (
    "orgId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "gatewayId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "maxConcurrency" INTEGER NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "knownAgents_pkey" PRIMARY KEY ("orgId","agentId")
);

-- CreateTable
CREATE TABLE "knownLibrarySteps" (
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "knownLibrarySteps_pkey" PRIMARY KEY ("orgId","name")
);

-- Below: what a Prisma schema cannot say.

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "knownAgents" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "knownLibrarySteps" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- What the rows written so far wait for.
UPDATE "stepResults" AS step SET "heldFor" = CASE
    WHEN EXISTS (SELECT FROM "approvals" AS a WHERE a."orgId" = step."orgId" AND a."runId" = step."runId" AND a."stepId" = step."stepId" AND a."status" = 'PENDING') THEN 'APPROVAL'
    ELSE 'HUMAN_INPUT' END::"StepResultHeldFor"
  WHERE "status" = 'HELD';
UPDATE "workflowRuns" AS run SET "pendingHumanInputs" = asked.count
  FROM (SELECT "orgId", "runId", count(*)::int AS count FROM "humanInputRequests" WHERE "status" = 'PENDING' GROUP BY 1, 2) AS asked
  WHERE run."orgId" = asked."orgId" AND run."id" = asked."runId";

-- Which states may follow which: the arguments, as 'FROM>TO'. The tables are in the *.rules.ts beside each entity.
CREATE FUNCTION refuse_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT OLD."status" || '>' || NEW."status" = ANY (TG_ARGV) THEN
    RAISE EXCEPTION '% is % and cannot become %: violates constraint "%_transition"', OLD."id", OLD."status", NEW."status", TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_transition';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_transition BEFORE UPDATE ON "workflows" FOR EACH ROW WHEN (NEW."status" <> OLD."status")
  EXECUTE FUNCTION refuse_transition('DRAFT>ACTIVE', 'ACTIVE>PAUSED', 'PAUSED>ACTIVE', 'DRAFT>DEPRECATED', 'ACTIVE>DEPRECATED', 'PAUSED>DEPRECATED');
CREATE TRIGGER refuse_transition BEFORE UPDATE ON "deployments" FOR EACH ROW WHEN (NEW."status" <> OLD."status")
  EXECUTE FUNCTION refuse_transition('PENDING>ACTIVE', 'ACTIVE>INACTIVE', 'INACTIVE>ACTIVE');
CREATE TRIGGER refuse_transition BEFORE UPDATE ON "workflowRuns" FOR EACH ROW WHEN (NEW."status" <> OLD."status")
  EXECUTE FUNCTION refuse_transition('PENDING>RUNNING', 'RUNNING>PAUSED', 'PAUSED>RUNNING', 'PENDING>COMPLETED', 'RUNNING>COMPLETED', 'PAUSED>COMPLETED',
    'PENDING>FAILED', 'RUNNING>FAILED', 'PAUSED>FAILED', 'PENDING>CANCELLED', 'RUNNING>CANCELLED', 'PAUSED>CANCELLED', 'FAILED>RUNNING');
CREATE TRIGGER refuse_transition BEFORE UPDATE ON "stepResults" FOR EACH ROW WHEN (NEW."status" <> OLD."status")
  EXECUTE FUNCTION refuse_transition('HELD>PENDING', 'HELD>RUNNING', 'HELD>FAILED', 'HELD>CANCELLED', 'PENDING>DISPATCHED', 'PENDING>FAILED', 'PENDING>CANCELLED',
    'DISPATCHED>RUNNING', 'DISPATCHED>FAILED', 'DISPATCHED>TIMED_OUT', 'DISPATCHED>CANCELLED',
    'RUNNING>HELD', 'RUNNING>COMPLETED', 'RUNNING>FAILED', 'RUNNING>TIMED_OUT', 'RUNNING>CANCELLED');
CREATE TRIGGER refuse_transition BEFORE UPDATE ON "approvals" FOR EACH ROW WHEN (NEW."status" <> OLD."status")
  EXECUTE FUNCTION refuse_transition('PENDING>APPROVED', 'PENDING>REJECTED');
CREATE TRIGGER refuse_transition BEFORE UPDATE ON "humanInputRequests" FOR EACH ROW WHEN (NEW."status" <> OLD."status")
  EXECUTE FUNCTION refuse_transition('PENDING>ANSWERED', 'PENDING>EXPIRED', 'PENDING>CANCELLED');

ALTER TABLE "workflowRuns"
  ADD CONSTRAINT "workflowRuns_human_inputs_not_negative" CHECK ("pendingHumanInputs" >= 0),
  -- A run is PAUSED exactly while people are asked something.
  ADD CONSTRAINT "workflowRuns_paused_while_asked" CHECK (("status" = 'PAUSED') = ("pendingApprovals" + "pendingHumanInputs" > 0)),
  ADD CONSTRAINT "workflowRuns_ended_has_time" CHECK (("status" IN ('COMPLETED', 'FAILED', 'CANCELLED')) = ("completedAt" IS NOT NULL));

ALTER TABLE "stepResults"
  ADD CONSTRAINT "stepResults_held_for_something" CHECK (("status" = 'HELD') = ("heldFor" IS NOT NULL)),
  ADD CONSTRAINT "stepResults_leased_while_under_way" CHECK ("leaseExpiresAt" IS NULL OR "status" IN ('DISPATCHED', 'RUNNING')),
  ADD CONSTRAINT "stepResults_timeout_positive" CHECK ("timeoutSeconds" >= 1);

-- Of a step there is one attempt at a time.
CREATE UNIQUE INDEX "stepResults_one_open_attempt" ON "stepResults" ("orgId", "runId", "stepId") WHERE "status" IN ('PENDING', 'HELD', 'DISPATCHED', 'RUNNING');
CREATE UNIQUE INDEX "approvals_one_open_of_a_source" ON "approvals" ("orgId", "runId", "stepId", "source") WHERE "status" = 'PENDING';

-- What gateways claim, what counts towards an agent's concurrency, and what jobs look for when its time has come.
CREATE INDEX "stepResults_claimable" ON "stepResults" ("orgId", "gatewayId", "createdAt", "id") WHERE "status" = 'PENDING';
CREATE INDEX "stepResults_under_way" ON "stepResults" ("orgId", "gatewayId", "agentId") WHERE "status" IN ('DISPATCHED', 'RUNNING', 'HELD');
CREATE INDEX "stepResults_leases" ON "stepResults" ("leaseExpiresAt") WHERE "leaseExpiresAt" IS NOT NULL;
CREATE INDEX "workflows_due" ON "workflows" ("nextScheduledRunAt", "orgId", "id") WHERE "status" = 'ACTIVE' AND "triggerType" = 'SCHEDULED';
CREATE INDEX "workflowRuns_deadlines" ON "workflowRuns" ("deadlineAt") WHERE "deadlineAt" IS NOT NULL AND "completedAt" IS NULL;
CREATE INDEX "approvals_waiting" ON "approvals" ("requestedAt") WHERE "status" = 'PENDING';
CREATE INDEX "humanInputRequests_waiting" ON "humanInputRequests" ("expiresAt") WHERE "status" = 'PENDING';
