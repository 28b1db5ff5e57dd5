-- CreateIndex
CREATE INDEX "approvals_orgId_resolvedById_createdAt_id_idx" ON "approvals"("orgId", "resolvedById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvals_orgId_policyId_createdAt_id_idx" ON "approvals"("orgId", "policyId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "approvals_orgId_channelId_createdAt_id_idx" ON "approvals"("orgId", "channelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "deployments_orgId_deployedById_createdAt_id_idx" ON "deployments"("orgId", "deployedById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "deployments_orgId_gatewayId_createdAt_id_idx" ON "deployments"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "humanInputRequests_orgId_answeredById_createdAt_id_idx" ON "humanInputRequests"("orgId", "answeredById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepResults_orgId_modelId_createdAt_id_idx" ON "stepResults"("orgId", "modelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepResults_orgId_gatewayId_createdAt_id_idx" ON "stepResults"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "stepThreads_orgId_gatewayId_createdAt_id_idx" ON "stepThreads"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflows_orgId_createdById_createdAt_id_idx" ON "workflows"("orgId", "createdById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_startedById_createdAt_id_idx" ON "workflowRuns"("orgId", "startedById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_gatewayId_createdAt_id_idx" ON "workflowRuns"("orgId", "gatewayId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowRuns_orgId_factoryId_createdAt_id_idx" ON "workflowRuns"("orgId", "factoryId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "workflowVersions_orgId_createdById_createdAt_id_idx" ON "workflowVersions"("orgId", "createdById", "createdAt", "id");
