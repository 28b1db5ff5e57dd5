-- AlterTable
ALTER TABLE "eventOutbox" DROP CONSTRAINT "eventOutbox_pkey",
ADD COLUMN     "nextAttemptAt" TIMESTAMPTZ(3),
ADD COLUMN     "sequence" BIGSERIAL NOT NULL,
ADD COLUMN     "setAsideAt" TIMESTAMPTZ(3),
ADD COLUMN     "subscriber" TEXT NOT NULL,
ADD CONSTRAINT "eventOutbox_pkey" PRIMARY KEY ("orgId", "id", "subscriber");

-- CreateIndex
CREATE INDEX "eventOutbox_subscriber_deliveredAt_sequence_idx" ON "eventOutbox"("subscriber", "deliveredAt", "sequence");

-- CreateIndex
CREATE INDEX "eventOutbox_deliveredAt_idx" ON "eventOutbox"("deliveredAt");
