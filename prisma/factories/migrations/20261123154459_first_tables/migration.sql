-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "FactoryStatus" AS ENUM ('PROVISIONING', 'ACTIVE', 'PAUSED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "FactoryAssignmentStatus" AS ENUM ('BACKLOG', 'ASSIGNED', 'IN_PROGRESS', 'IN_REVIEW', 'COMPLETE');

-- CreateEnum
CREATE TYPE "FactoryDevEnvironmentStatus" AS ENUM ('REQUESTED', 'PROVISIONING', 'READY', 'STOPPED', 'FAILED', 'DELETED');

-- CreateEnum
CREATE TYPE "FactoryTeamMemberRole" AS ENUM ('MANAGER', 'LEAD', 'MEMBER', 'REVIEWER');

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
CREATE TABLE "factories" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "typeId" TEXT NOT NULL,
    "status" "FactoryStatus" NOT NULL DEFAULT 'PROVISIONING',
    "managerId" TEXT,
    "managerAgentId" TEXT,
    "teamId" TEXT,
    "budgetId" TEXT,
    "blueprintId" TEXT,
    "description" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factories_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "factoryAssignments" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "factoryId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "status" "FactoryAssignmentStatus" NOT NULL DEFAULT 'BACKLOG',
    "assigneeId" TEXT,
    "runId" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factoryAssignments_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "factoryBlueprints" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "typeId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "teamComposition" JSONB NOT NULL,
    "channelStructure" JSONB NOT NULL,
    "environmentSpec" JSONB NOT NULL,
    "budgetLimits" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factoryBlueprints_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "factoryDevEnvironments" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "factoryId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "provider" TEXT NOT NULL DEFAULT 'exe.dev',
    "status" "FactoryDevEnvironmentStatus" NOT NULL DEFAULT 'REQUESTED',
    "url" TEXT,
    "spec" JSONB NOT NULL,
    "ownerId" TEXT,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factoryDevEnvironments_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "factoryTeamMembers" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "factoryId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "positionId" TEXT,
    "role" "FactoryTeamMemberRole" NOT NULL DEFAULT 'MEMBER',
    "joinedAt" TIMESTAMPTZ(3) NOT NULL,
    "leftAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factoryTeamMembers_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "factoryTokenEvents" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "factoryId" TEXT NOT NULL,
    "tokenEventId" TEXT NOT NULL,
    "assignmentId" TEXT,
    "runId" TEXT,
    "workerId" TEXT,
    "totalTokens" INTEGER NOT NULL,
    "costCents" DECIMAL(28,10) NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factoryTokenEvents_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "factoryTypes" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "defaultConfig" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factoryTypes_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE INDEX "factories_orgId_createdAt_id_idx" ON "factories"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_status_createdAt_id_idx" ON "factories"("orgId", "status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_name_id_idx" ON "factories"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_typeId_createdAt_id_idx" ON "factories"("orgId", "typeId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_managerId_createdAt_id_idx" ON "factories"("orgId", "managerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_managerAgentId_createdAt_id_idx" ON "factories"("orgId", "managerAgentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_teamId_createdAt_id_idx" ON "factories"("orgId", "teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_budgetId_createdAt_id_idx" ON "factories"("orgId", "budgetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factories_orgId_blueprintId_createdAt_id_idx" ON "factories"("orgId", "blueprintId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "factories_orgId_name_key" ON "factories"("orgId", "name");

-- CreateIndex
CREATE INDEX "factoryAssignments_orgId_createdAt_id_idx" ON "factoryAssignments"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryAssignments_orgId_factoryId_createdAt_id_idx" ON "factoryAssignments"("orgId", "factoryId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryAssignments_orgId_assigneeId_createdAt_id_idx" ON "factoryAssignments"("orgId", "assigneeId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryAssignments_orgId_runId_createdAt_id_idx" ON "factoryAssignments"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryBlueprints_orgId_createdAt_id_idx" ON "factoryBlueprints"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryBlueprints_orgId_name_id_idx" ON "factoryBlueprints"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "factoryBlueprints_orgId_typeId_createdAt_id_idx" ON "factoryBlueprints"("orgId", "typeId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryDevEnvironments_orgId_createdAt_id_idx" ON "factoryDevEnvironments"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryDevEnvironments_orgId_name_id_idx" ON "factoryDevEnvironments"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "factoryDevEnvironments_orgId_factoryId_createdAt_id_idx" ON "factoryDevEnvironments"("orgId", "factoryId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryDevEnvironments_orgId_ownerId_createdAt_id_idx" ON "factoryDevEnvironments"("orgId", "ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryTeamMembers_orgId_createdAt_id_idx" ON "factoryTeamMembers"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryTeamMembers_orgId_factoryId_createdAt_id_idx" ON "factoryTeamMembers"("orgId", "factoryId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryTeamMembers_orgId_workerId_createdAt_id_idx" ON "factoryTeamMembers"("orgId", "workerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryTeamMembers_orgId_positionId_createdAt_id_idx" ON "factoryTeamMembers"("orgId", "positionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryTokenEvents_orgId_occurredAt_id_idx" ON "factoryTokenEvents"("orgId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "factoryTokenEvents_orgId_factoryId_occurredAt_id_idx" ON "factoryTokenEvents"("orgId", "factoryId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "factoryTokenEvents_orgId_assignmentId_occurredAt_id_idx" ON "factoryTokenEvents"("orgId", "assignmentId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "factoryTokenEvents_orgId_runId_occurredAt_id_idx" ON "factoryTokenEvents"("orgId", "runId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "factoryTokenEvents_orgId_workerId_occurredAt_id_idx" ON "factoryTokenEvents"("orgId", "workerId", "occurredAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "factoryTokenEvents_orgId_tokenEventId_key" ON "factoryTokenEvents"("orgId", "tokenEventId");

-- CreateIndex
CREATE INDEX "factoryTypes_orgId_createdAt_id_idx" ON "factoryTypes"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "factoryTypes_orgId_name_id_idx" ON "factoryTypes"("orgId", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "factoryTypes_orgId_name_key" ON "factoryTypes"("orgId", "name");

-- AddForeignKey
ALTER TABLE "factories" ADD CONSTRAINT "factories_orgId_typeId_fkey" FOREIGN KEY ("orgId", "typeId") REFERENCES "factoryTypes"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "factories" ADD CONSTRAINT "factories_orgId_blueprintId_fkey" FOREIGN KEY ("orgId", "blueprintId") REFERENCES "factoryBlueprints"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "factoryAssignments" ADD CONSTRAINT "factoryAssignments_orgId_factoryId_fkey" FOREIGN KEY ("orgId", "factoryId") REFERENCES "factories"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "factoryBlueprints" ADD CONSTRAINT "factoryBlueprints_orgId_typeId_fkey" FOREIGN KEY ("orgId", "typeId") REFERENCES "factoryTypes"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "factoryDevEnvironments" ADD CONSTRAINT "factoryDevEnvironments_orgId_factoryId_fkey" FOREIGN KEY ("orgId", "factoryId") REFERENCES "factories"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "factoryTeamMembers" ADD CONSTRAINT "factoryTeamMembers_orgId_factoryId_fkey" FOREIGN KEY ("orgId", "factoryId") REFERENCES "factories"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "factoryTokenEvents" ADD CONSTRAINT "factoryTokenEvents_orgId_factoryId_fkey" FOREIGN KEY ("orgId", "factoryId") REFERENCES "factories"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "factoryTokenEvents" ADD CONSTRAINT "factoryTokenEvents_orgId_assignmentId_fkey" FOREIGN KEY ("orgId", "assignmentId") REFERENCES "factoryAssignments"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Below: what a Prisma schema cannot say.

-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "factories" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "factoryAssignments" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "factoryBlueprints" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "factoryDevEnvironments" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "factoryTeamMembers" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "factoryTypes" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE ON "factoryTokenEvents" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A trigger that refuses does so as a check constraint would; it is given the name.
CREATE FUNCTION violate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % violates constraint "%"', TG_OP, OLD."id", TG_ARGV[0] USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;

CREATE TRIGGER refuse_move BEFORE UPDATE ON "factories" FOR EACH ROW
  WHEN (NEW."status" <> OLD."status" AND (OLD."status", NEW."status") NOT IN
    (('PROVISIONING', 'ACTIVE'), ('ACTIVE', 'PAUSED'), ('PAUSED', 'ACTIVE'), ('PAUSED', 'ARCHIVED')))
  EXECUTE FUNCTION violate('factories_status_moves');

ALTER TABLE "factoryTeamMembers" ADD CONSTRAINT "factoryTeamMembers_leaves_after_joining" CHECK ("leftAt" >= "joinedAt");
CREATE UNIQUE INDEX "factoryTeamMembers_one_current_place" ON "factoryTeamMembers" ("orgId", "factoryId", "workerId") WHERE "leftAt" IS NULL;

ALTER TABLE "factoryAssignments"
  ADD CONSTRAINT "factoryAssignments_priority_from_0_to_100" CHECK ("priority" BETWEEN 0 AND 100),
  ADD CONSTRAINT "factoryAssignments_complete_has_time" CHECK (("status" = 'COMPLETE') = ("completedAt" IS NOT NULL)),
  ADD CONSTRAINT "factoryAssignments_under_way_has_assignee" CHECK ("status" = 'BACKLOG' OR "assigneeId" IS NOT NULL);

CREATE TRIGGER refuse_reopening BEFORE UPDATE ON "factoryAssignments" FOR EACH ROW
  WHEN (OLD."status" = 'COMPLETE' AND (NEW."status" <> 'COMPLETE' OR NEW."assigneeId" IS DISTINCT FROM OLD."assigneeId"))
  EXECUTE FUNCTION violate('factoryAssignments_complete_is_final');

-- Who has open work is on the factory's team. The place is locked until the work is written, so that nobody leaves in between;
-- who leaves is asked the same, with the place locked by the change itself.
CREATE FUNCTION refuse_assignee_off_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "factoryTeamMembers"
  WHERE "orgId" = NEW."orgId" AND "factoryId" = NEW."factoryId" AND "workerId" = NEW."assigneeId" AND "leftAt" IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% violates constraint "factoryAssignments_assignee_on_team"', NEW."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'factoryAssignments_assignee_on_team';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_assignee_off_team_insert BEFORE INSERT ON "factoryAssignments" FOR EACH ROW
  WHEN (NEW."assigneeId" IS NOT NULL AND NEW."status" <> 'COMPLETE') EXECUTE FUNCTION refuse_assignee_off_team();
CREATE TRIGGER refuse_assignee_off_team_update BEFORE UPDATE ON "factoryAssignments" FOR EACH ROW
  WHEN (NEW."assigneeId" IS NOT NULL AND (NEW."assigneeId" IS DISTINCT FROM OLD."assigneeId" OR NEW."factoryId" <> OLD."factoryId"))
  EXECUTE FUNCTION refuse_assignee_off_team();

CREATE FUNCTION refuse_leaving_open_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM "factoryAssignments"
    WHERE "orgId" = OLD."orgId" AND "factoryId" = OLD."factoryId" AND "assigneeId" = OLD."workerId" AND "status" <> 'COMPLETE'
  ) THEN
    RAISE EXCEPTION '% violates constraint "factoryTeamMembers_leaves_no_open_work"', OLD."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'factoryTeamMembers_leaves_no_open_work';
  END IF;
  RETURN NULL;
END $$;
-- After the change, which waits for whoever has the place locked.
CREATE TRIGGER refuse_leaving_open_work_update AFTER UPDATE ON "factoryTeamMembers" FOR EACH ROW
  WHEN (OLD."leftAt" IS NULL AND NEW."leftAt" IS NOT NULL) EXECUTE FUNCTION refuse_leaving_open_work();
CREATE TRIGGER refuse_leaving_open_work_delete AFTER DELETE ON "factoryTeamMembers" FOR EACH ROW
  WHEN (OLD."leftAt" IS NULL) EXECUTE FUNCTION refuse_leaving_open_work();

ALTER TABLE "factoryDevEnvironments"
  ADD CONSTRAINT "factoryDevEnvironments_ready_has_url" CHECK ("status" <> 'READY' OR "url" IS NOT NULL),
  ADD CONSTRAINT "factoryDevEnvironments_failed_has_error" CHECK ("status" <> 'FAILED' OR "lastError" IS NOT NULL);

ALTER TABLE "factoryTokenEvents"
  ADD CONSTRAINT "factoryTokenEvents_usage_not_negative" CHECK ("totalTokens" >= 0 AND "costCents" >= 0);
