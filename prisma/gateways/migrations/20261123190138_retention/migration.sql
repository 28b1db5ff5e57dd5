-- CreateIndex
CREATE INDEX "gatewayHealthHistory_checkedAt_idx" ON "gatewayHealthHistory"("checkedAt");

-- CreateIndex
CREATE INDEX "webhookDeliveries_createdAt_idx" ON "webhookDeliveries"("createdAt");
