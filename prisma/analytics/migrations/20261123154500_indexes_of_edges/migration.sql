-- CreateIndex
CREATE INDEX "priceHistory_orgId_gatewayId_effectiveFrom_id_idx" ON "priceHistory"("orgId", "gatewayId", "effectiveFrom", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_workerId_occurredAt_id_idx" ON "tokenEvents"("orgId", "workerId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_modelId_occurredAt_id_idx" ON "tokenEvents"("orgId", "modelId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_gatewayId_occurredAt_id_idx" ON "tokenEvents"("orgId", "gatewayId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_factoryId_occurredAt_id_idx" ON "tokenEvents"("orgId", "factoryId", "occurredAt", "id");
