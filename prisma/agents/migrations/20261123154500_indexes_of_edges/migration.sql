-- CreateIndex
CREATE INDEX "agentRegistry_orgId_workerId_createdAt_id_idx" ON "agentRegistry"("orgId", "workerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentConfigRevisions_orgId_changedById_createdAt_id_idx" ON "agentConfigRevisions"("orgId", "changedById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_ownerId_createdAt_id_idx" ON "agentDefinitions"("orgId", "ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_owningTeamId_createdAt_id_idx" ON "agentDefinitions"("orgId", "owningTeamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_promptId_createdAt_id_idx" ON "agentDefinitions"("orgId", "promptId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_defaultModelId_createdAt_id_idx" ON "agentDefinitions"("orgId", "defaultModelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentDefinitions_skillIds_idx" ON "agentDefinitions" USING GIN ("skillIds");

-- CreateIndex
CREATE INDEX "agentDefinitions_orgId_roleId_createdAt_id_idx" ON "agentDefinitions"("orgId", "roleId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentSkillDelegations_orgId_skillId_createdAt_id_idx" ON "agentSkillDelegations"("orgId", "skillId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentTemplates_skillIds_idx" ON "agentTemplates" USING GIN ("skillIds");

-- CreateIndex
CREATE INDEX "agentTemplates_orgId_defaultModelId_createdAt_id_idx" ON "agentTemplates"("orgId", "defaultModelId", "createdAt", "id");
