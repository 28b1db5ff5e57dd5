-- AlterTable
ALTER TABLE "agentRegistry" ADD COLUMN     "pausedByHand" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "agentConfigRevisions_createdAt_idx" ON "agentConfigRevisions"("createdAt");

-- Below: what a Prisma schema cannot say.

-- To be seen again is no change: a version that somebody has read stays good however often the gateway reports.
DROP TRIGGER touch_updated_at ON "agentRegistry";
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentRegistry" FOR EACH ROW
  WHEN (to_jsonb(NEW) - 'lastSeenAt' <> to_jsonb(OLD) - 'lastSeenAt') EXECUTE FUNCTION touch_updated_at();

ALTER TABLE "agentRegistry" ADD CONSTRAINT "agentRegistry_by_hand_is_paused" CHECK ("status" = 'PAUSED' OR NOT "pausedByHand");

CREATE FUNCTION refuse_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'agent % is TERMINATED for good: violates constraint "agentRegistry_terminated_is_final"', OLD."id"
    USING ERRCODE = 'check_violation', CONSTRAINT = 'agentRegistry_terminated_is_final';
END $$;
CREATE TRIGGER refuse_return BEFORE UPDATE ON "agentRegistry" FOR EACH ROW
  WHEN (OLD."status" = 'TERMINATED' AND NEW."status" <> 'TERMINATED') EXECUTE FUNCTION refuse_return();

-- What a gateway has, however many agents it has had.
CREATE INDEX "agentRegistry_present" ON "agentRegistry" ("orgId", "gatewayId", "agentId") WHERE "status" <> 'TERMINATED';
