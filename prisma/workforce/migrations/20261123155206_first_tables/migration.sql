-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "PositionStatus" AS ENUM ('OPEN', 'FILLED', 'CLOSED');

-- CreateEnum
CREATE TYPE "WorkerType" AS ENUM ('EMPLOYEE', 'CONTRACTOR', 'AGENT');

-- CreateEnum
CREATE TYPE "WorkerStatus" AS ENUM ('ACTIVE', 'INACTIVE', 'OFFBOARDED');

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
CREATE TABLE "departments" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "headId" TEXT,
    "costCenter" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "departments_pkey" PRIMARY KEY ("orgId","id")
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
CREATE TABLE "orgUnits" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "leadId" TEXT,
    "metadata" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orgUnits_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "orgUnitMemberships" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'member',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orgUnitMemberships_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "positions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "level" INTEGER,
    "headcount" INTEGER NOT NULL DEFAULT 1,
    "roleId" TEXT,
    "status" "PositionStatus" NOT NULL DEFAULT 'OPEN',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "positions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "positionAssignments" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "positionId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "allocationPercent" INTEGER NOT NULL DEFAULT 100,
    "startsOn" DATE NOT NULL,
    "endsOn" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "positionAssignments_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "departmentId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "leadId" TEXT,
    "description" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "type" "WorkerType" NOT NULL,
    "displayName" TEXT NOT NULL,
    "email" TEXT,
    "externalId" TEXT,
    "teamId" TEXT,
    "managerId" TEXT,
    "roleId" TEXT,
    "status" "WorkerStatus" NOT NULL DEFAULT 'ACTIVE',
    "costCenter" TEXT,
    "startedOn" DATE,
    "endedOn" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE INDEX "departments_orgId_createdAt_id_idx" ON "departments"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "departments_orgId_name_id_idx" ON "departments"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "departments_orgId_parentId_createdAt_id_idx" ON "departments"("orgId", "parentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "departments_orgId_headId_createdAt_id_idx" ON "departments"("orgId", "headId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "departments_orgId_companyId_name_key" ON "departments"("orgId", "companyId", "name");

-- CreateIndex
CREATE INDEX "orgUnits_orgId_createdAt_id_idx" ON "orgUnits"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "orgUnits_orgId_type_createdAt_id_idx" ON "orgUnits"("orgId", "type", "createdAt", "id");

-- CreateIndex
CREATE INDEX "orgUnits_orgId_name_id_idx" ON "orgUnits"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "orgUnits_orgId_parentId_createdAt_id_idx" ON "orgUnits"("orgId", "parentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "orgUnits_orgId_leadId_createdAt_id_idx" ON "orgUnits"("orgId", "leadId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "orgUnitMemberships_orgId_createdAt_id_idx" ON "orgUnitMemberships"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "orgUnitMemberships_orgId_unitId_createdAt_id_idx" ON "orgUnitMemberships"("orgId", "unitId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "orgUnitMemberships_orgId_workerId_createdAt_id_idx" ON "orgUnitMemberships"("orgId", "workerId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "orgUnitMemberships_orgId_unitId_workerId_key" ON "orgUnitMemberships"("orgId", "unitId", "workerId");

-- CreateIndex
CREATE INDEX "positions_orgId_createdAt_id_idx" ON "positions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "positions_orgId_teamId_createdAt_id_idx" ON "positions"("orgId", "teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "positions_orgId_roleId_createdAt_id_idx" ON "positions"("orgId", "roleId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "positionAssignments_orgId_createdAt_id_idx" ON "positionAssignments"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "positionAssignments_orgId_positionId_createdAt_id_idx" ON "positionAssignments"("orgId", "positionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "positionAssignments_orgId_workerId_createdAt_id_idx" ON "positionAssignments"("orgId", "workerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "teams_orgId_createdAt_id_idx" ON "teams"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "teams_orgId_name_id_idx" ON "teams"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "teams_orgId_departmentId_createdAt_id_idx" ON "teams"("orgId", "departmentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "teams_orgId_leadId_createdAt_id_idx" ON "teams"("orgId", "leadId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_orgId_departmentId_name_key" ON "teams"("orgId", "departmentId", "name");

-- CreateIndex
CREATE INDEX "workers_orgId_createdAt_id_idx" ON "workers"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workers_orgId_type_createdAt_id_idx" ON "workers"("orgId", "type", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workers_orgId_teamId_createdAt_id_idx" ON "workers"("orgId", "teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workers_orgId_managerId_createdAt_id_idx" ON "workers"("orgId", "managerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workers_orgId_roleId_createdAt_id_idx" ON "workers"("orgId", "roleId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workers_orgId_email_key" ON "workers"("orgId", "email");

-- AddForeignKey
ALTER TABLE "departments" ADD CONSTRAINT "departments_orgId_parentId_fkey" FOREIGN KEY ("orgId", "parentId") REFERENCES "departments"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "departments" ADD CONSTRAINT "departments_orgId_headId_fkey" FOREIGN KEY ("orgId", "headId") REFERENCES "workers"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "orgUnits" ADD CONSTRAINT "orgUnits_orgId_parentId_fkey" FOREIGN KEY ("orgId", "parentId") REFERENCES "orgUnits"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "orgUnits" ADD CONSTRAINT "orgUnits_orgId_leadId_fkey" FOREIGN KEY ("orgId", "leadId") REFERENCES "workers"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "orgUnitMemberships" ADD CONSTRAINT "orgUnitMemberships_orgId_unitId_fkey" FOREIGN KEY ("orgId", "unitId") REFERENCES "orgUnits"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "orgUnitMemberships" ADD CONSTRAINT "orgUnitMemberships_orgId_workerId_fkey" FOREIGN KEY ("orgId", "workerId") REFERENCES "workers"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "positions" ADD CONSTRAINT "positions_orgId_teamId_fkey" FOREIGN KEY ("orgId", "teamId") REFERENCES "teams"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "positionAssignments" ADD CONSTRAINT "positionAssignments_orgId_positionId_fkey" FOREIGN KEY ("orgId", "positionId") REFERENCES "positions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "positionAssignments" ADD CONSTRAINT "positionAssignments_orgId_workerId_fkey" FOREIGN KEY ("orgId", "workerId") REFERENCES "workers"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_orgId_departmentId_fkey" FOREIGN KEY ("orgId", "departmentId") REFERENCES "departments"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_orgId_leadId_fkey" FOREIGN KEY ("orgId", "leadId") REFERENCES "workers"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "workers" ADD CONSTRAINT "workers_orgId_managerId_fkey" FOREIGN KEY ("orgId", "managerId") REFERENCES "workers"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

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

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "departments" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "orgUnits" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "orgUnitMemberships" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "positions" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "positionAssignments" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "teams" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "workers" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- A worker is in a team, a team has a worker for its lead: whoever writes both at once writes one of them first.
ALTER TABLE "workers" ADD CONSTRAINT "workers_orgId_teamId_fkey" FOREIGN KEY ("orgId", "teamId") REFERENCES "teams" ("orgId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "workers"
  ADD CONSTRAINT "workers_people_have_email" CHECK (("type" = 'AGENT') = ("email" IS NULL)),
  -- So that one address is one worker, however it was typed.
  ADD CONSTRAINT "workers_email_is_lower_case" CHECK ("email" = lower("email")),
  ADD CONSTRAINT "workers_end_after_start" CHECK ("endedOn" >= "startedOn"),
  ADD CONSTRAINT "workers_offboarded_have_end" CHECK ("status" <> 'OFFBOARDED' OR "endedOn" IS NOT NULL);

-- Refuses a change of state whatever it is; the argument is the constraint's name.
CREATE FUNCTION refuse_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% violates constraint "%"', OLD."id", TG_ARGV[0] USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;
CREATE TRIGGER agents_stay_agents BEFORE UPDATE OF "type" ON "workers" FOR EACH ROW
  WHEN ((NEW."type" = 'AGENT') <> (OLD."type" = 'AGENT')) EXECUTE FUNCTION refuse_transition('workers_agents_stay_agents');
CREATE TRIGGER offboarded_stay_so BEFORE UPDATE OF "status" ON "workers" FOR EACH ROW
  WHEN (OLD."status" = 'OFFBOARDED' AND NEW."status" <> 'OFFBOARDED') EXECUTE FUNCTION refuse_transition('workers_offboarded_stay_so');

-- Refuses a row that is above itself; arguments: the column that leads upwards, and the constraint's name. Changes of an
-- organisation's tree wait for each other, or two that are harmless alone would close a circle together. A row that
-- has just been inserted needs no lock: nobody else can refer to it yet.
CREATE FUNCTION refuse_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed boolean;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_NAME || ' ' || NEW."orgId", 0));
  END IF;
  EXECUTE format($sql$
    WITH RECURSIVE ancestors AS (
      SELECT $1 AS "id"
      UNION
      SELECT up.%1$I FROM %2$I AS up JOIN ancestors ON up."id" = ancestors."id" WHERE up."orgId" = $2 AND up.%1$I IS NOT NULL
    )
    SELECT EXISTS (SELECT FROM ancestors WHERE "id" = $3)$sql$, TG_ARGV[0], TG_TABLE_NAME)
  INTO closed USING to_jsonb(NEW) ->> TG_ARGV[0], NEW."orgId", NEW."id";
  IF closed THEN
    RAISE EXCEPTION '% violates constraint "%"', NEW."id", TG_ARGV[1] USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[1];
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_cycle AFTER INSERT OR UPDATE OF "managerId" ON "workers" FOR EACH ROW
  WHEN (NEW."managerId" IS NOT NULL) EXECUTE FUNCTION refuse_cycle('managerId', 'workers_managers_have_no_cycle');
CREATE TRIGGER refuse_cycle AFTER INSERT OR UPDATE OF "parentId" ON "departments" FOR EACH ROW
  WHEN (NEW."parentId" IS NOT NULL) EXECUTE FUNCTION refuse_cycle('parentId', 'departments_parents_have_no_cycle');
CREATE TRIGGER refuse_cycle AFTER INSERT OR UPDATE OF "parentId" ON "orgUnits" FOR EACH ROW
  WHEN (NEW."parentId" IS NOT NULL) EXECUTE FUNCTION refuse_cycle('parentId', 'orgUnits_parents_have_no_cycle');

ALTER TABLE "positions"
  ADD CONSTRAINT "positions_headcount_from_one" CHECK ("headcount" BETWEEN 1 AND 1000),
  ADD CONSTRAINT "positions_level_in_range" CHECK ("level" BETWEEN 1 AND 20);

ALTER TABLE "positionAssignments"
  ADD CONSTRAINT "positionAssignments_allocation_in_range" CHECK ("allocationPercent" BETWEEN 1 AND 100),
  ADD CONSTRAINT "positionAssignments_end_after_start" CHECK ("endsOn" >= "startsOn");

-- How many hold the position on its fullest day. Days are counted from the first to the last, both included.
CREATE FUNCTION most_in_position(organisation text, position_id text) RETURNS bigint LANGUAGE sql AS $$
  SELECT max(held) FROM (
    SELECT sum(change) OVER (ORDER BY day) AS held FROM (
      SELECT "startsOn" AS day, 1 AS change FROM "positionAssignments" WHERE "orgId" = organisation AND "positionId" = position_id
      UNION ALL
      SELECT "endsOn" + 1, -1 FROM "positionAssignments" WHERE "orgId" = organisation AND "positionId" = position_id AND "endsOn" IS NOT NULL
    ) AS changes
  ) AS days
$$;

-- The share of the worker that is taken on the fullest day.
CREATE FUNCTION most_of_worker(organisation text, worker_id text) RETURNS bigint LANGUAGE sql AS $$
  SELECT max(held) FROM (
    SELECT sum(change) OVER (ORDER BY day) AS held FROM (
      SELECT "startsOn" AS day, "allocationPercent" AS change FROM "positionAssignments" WHERE "orgId" = organisation AND "workerId" = worker_id
      UNION ALL
      SELECT "endsOn" + 1, -"allocationPercent" FROM "positionAssignments" WHERE "orgId" = organisation AND "workerId" = worker_id AND "endsOn" IS NOT NULL
    ) AS changes
  ) AS days
$$;

-- Locks the position and then the worker, so that of two assignments at once the second counts the first.
CREATE FUNCTION refuse_overbooking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  places int;
BEGIN
  SELECT "headcount" INTO places FROM "positions" WHERE "orgId" = NEW."orgId" AND "id" = NEW."positionId" FOR NO KEY UPDATE;
  PERFORM FROM "workers" WHERE "orgId" = NEW."orgId" AND "id" = NEW."workerId" FOR NO KEY UPDATE;
  IF most_in_position(NEW."orgId", NEW."positionId") > places THEN
    RAISE EXCEPTION 'position % violates constraint "positionAssignments_within_headcount"', NEW."positionId"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'positionAssignments_within_headcount';
  END IF;
  IF most_of_worker(NEW."orgId", NEW."workerId") > 100 THEN
    RAISE EXCEPTION 'worker % violates constraint "positionAssignments_within_100_percent"', NEW."workerId"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'positionAssignments_within_100_percent';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_overbooking AFTER INSERT OR UPDATE OF "positionId", "workerId", "allocationPercent", "startsOn", "endsOn" ON "positionAssignments"
  FOR EACH ROW EXECUTE FUNCTION refuse_overbooking();

-- The position's own row is locked by the change itself.
CREATE FUNCTION refuse_small_headcount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF most_in_position(NEW."orgId", NEW."id") > NEW."headcount" THEN
    RAISE EXCEPTION 'position % violates constraint "positions_headcount_covers_assignments"', NEW."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'positions_headcount_covers_assignments';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_small_headcount AFTER UPDATE OF "headcount" ON "positions" FOR EACH ROW
  WHEN (NEW."headcount" < OLD."headcount") EXECUTE FUNCTION refuse_small_headcount();
