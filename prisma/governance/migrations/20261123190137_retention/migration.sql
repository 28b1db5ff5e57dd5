-- CreateTable
CREATE TABLE "auditAnchors" (
    "orgId" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "removedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "auditAnchors_pkey" PRIMARY KEY ("orgId")
);

-- CreateIndex
CREATE INDEX "auditEvents_occurredAt_idx" ON "auditEvents"("occurredAt");

-- CreateIndex
CREATE INDEX "platformEvents_occurredAt_idx" ON "platformEvents"("occurredAt");

-- Below: what a Prisma schema cannot say.

ALTER TABLE "auditAnchors"
  ADD CONSTRAINT "auditAnchors_hash_is_hex" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "auditAnchors_sequence_from_one" CHECK ("sequence" >= 1);

-- An anchor stands for rows that are gone, so whoever may remove those may set it, and nobody else. It only moves on.
CREATE FUNCTION refuse_but_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('forge.retention', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION '% on "%": only retention sets it', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."sequence" <= OLD."sequence" THEN
      RAISE EXCEPTION 'the anchor of % does not go back', OLD."orgId" USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_but_retention BEFORE INSERT OR UPDATE ON "auditAnchors" FOR EACH ROW EXECUTE FUNCTION refuse_but_retention();
CREATE TRIGGER refuse_delete BEFORE DELETE ON "auditAnchors" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "auditAnchors" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
