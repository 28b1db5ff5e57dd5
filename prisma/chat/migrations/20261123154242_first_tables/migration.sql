-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "AgentLongTermMemoryKind" AS ENUM ('SEMANTIC', 'EPISODIC');

-- CreateEnum
CREATE TYPE "ChannelType" AS ENUM ('FACTORY', 'PROJECT', 'TEAM', 'DIRECT', 'PERSONAL');

-- CreateEnum
CREATE TYPE "ChannelRelevancyMode" AS ENUM ('HEURISTIC', 'LLM', 'HYBRID');

-- CreateEnum
CREATE TYPE "ChannelSessionStatus" AS ENUM ('ACTIVE', 'COMPLETED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "ChatMessageAuthorType" AS ENUM ('HUMAN', 'AGENT', 'SYSTEM', 'EXTERNAL');

-- CreateEnum
CREATE TYPE "ExternalChannelLinkProvider" AS ENUM ('SLACK', 'TEAMS', 'DISCORD');

-- CreateEnum
CREATE TYPE "ExternalChannelLinkDirection" AS ENUM ('INBOUND', 'OUTBOUND', 'BOTH');

-- CreateEnum
CREATE TYPE "ExternalChannelLinkStatus" AS ENUM ('ACTIVE', 'PAUSED', 'REVOKED');

-- CreateEnum
CREATE TYPE "RelevancyGateDecisionMode" AS ENUM ('HEURISTIC', 'LLM', 'HYBRID');

-- CreateTable
CREATE TABLE "agentChannelMemory" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "tokenCount" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentChannelMemory_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "agentLongTermMemory" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "kind" "AgentLongTermMemoryKind" NOT NULL,
    "content" TEXT NOT NULL,
    "embedding" DOUBLE PRECISION[],
    "importance" DOUBLE PRECISION NOT NULL DEFAULT 0.5,
    "sourceChannelId" TEXT,
    "lastRecalledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentLongTermMemory_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "agentSessionMemory" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "window" JSONB NOT NULL,
    "rollingSummary" TEXT,
    "tokenCount" INTEGER NOT NULL DEFAULT 0,
    "tokenBudget" INTEGER NOT NULL DEFAULT 8000,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agentSessionMemory_pkey" PRIMARY KEY ("orgId","id")
);

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
CREATE TABLE "channels" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "type" "ChannelType" NOT NULL,
    "name" TEXT NOT NULL,
    "factoryId" TEXT,
    "teamId" TEXT,
    "ownerId" TEXT,
    "relevancyMode" "ChannelRelevancyMode" NOT NULL DEFAULT 'HEURISTIC',
    "relevancyThreshold" DOUBLE PRECISION NOT NULL DEFAULT 0.5,
    "maxAgentLoopDepth" INTEGER NOT NULL DEFAULT 3,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "channelSessions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "title" TEXT,
    "status" "ChannelSessionStatus" NOT NULL DEFAULT 'ACTIVE',
    "participantIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "runId" TEXT,
    "assignmentId" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channelSessions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "chatMessages" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "authorType" "ChatMessageAuthorType" NOT NULL,
    "authorId" TEXT,
    "body" TEXT NOT NULL,
    "mentionIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "replyToId" TEXT,
    "tokenCount" INTEGER NOT NULL DEFAULT 0,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chatMessages_pkey" PRIMARY KEY ("orgId","id")
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
CREATE TABLE "externalChannelLinks" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "provider" "ExternalChannelLinkProvider" NOT NULL,
    "externalId" TEXT NOT NULL,
    "direction" "ExternalChannelLinkDirection" NOT NULL DEFAULT 'BOTH',
    "status" "ExternalChannelLinkStatus" NOT NULL DEFAULT 'ACTIVE',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "externalChannelLinks_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "relevancyGateLog" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "mode" "RelevancyGateDecisionMode" NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "relevancyGateLog_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "agentChannelMemory_orgId_createdAt_id_idx" ON "agentChannelMemory"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentChannelMemory_orgId_channelId_createdAt_id_idx" ON "agentChannelMemory"("orgId", "channelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentChannelMemory_orgId_agentId_createdAt_id_idx" ON "agentChannelMemory"("orgId", "agentId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agentChannelMemory_orgId_channelId_agentId_key" ON "agentChannelMemory"("orgId", "channelId", "agentId");

-- CreateIndex
CREATE INDEX "agentLongTermMemory_orgId_createdAt_id_idx" ON "agentLongTermMemory"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentLongTermMemory_orgId_agentId_createdAt_id_idx" ON "agentLongTermMemory"("orgId", "agentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentLongTermMemory_orgId_sourceChannelId_createdAt_id_idx" ON "agentLongTermMemory"("orgId", "sourceChannelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentSessionMemory_orgId_createdAt_id_idx" ON "agentSessionMemory"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentSessionMemory_orgId_sessionId_createdAt_id_idx" ON "agentSessionMemory"("orgId", "sessionId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "agentSessionMemory_orgId_agentId_createdAt_id_idx" ON "agentSessionMemory"("orgId", "agentId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "agentSessionMemory_orgId_sessionId_agentId_key" ON "agentSessionMemory"("orgId", "sessionId", "agentId");

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE INDEX "channels_orgId_createdAt_id_idx" ON "channels"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channels_orgId_type_createdAt_id_idx" ON "channels"("orgId", "type", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channels_orgId_name_id_idx" ON "channels"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "channels_orgId_factoryId_createdAt_id_idx" ON "channels"("orgId", "factoryId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channels_orgId_teamId_createdAt_id_idx" ON "channels"("orgId", "teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channels_orgId_ownerId_createdAt_id_idx" ON "channels"("orgId", "ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channelSessions_orgId_createdAt_id_idx" ON "channelSessions"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channelSessions_orgId_channelId_createdAt_id_idx" ON "channelSessions"("orgId", "channelId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channelSessions_participantIds_idx" ON "channelSessions" USING GIN ("participantIds");

-- CreateIndex
CREATE INDEX "channelSessions_orgId_runId_createdAt_id_idx" ON "channelSessions"("orgId", "runId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "channelSessions_orgId_assignmentId_createdAt_id_idx" ON "channelSessions"("orgId", "assignmentId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "channelSessions_orgId_channelId_id_key" ON "channelSessions"("orgId", "channelId", "id");

-- CreateIndex
CREATE INDEX "chatMessages_orgId_sentAt_id_idx" ON "chatMessages"("orgId", "sentAt", "id");

-- CreateIndex
CREATE INDEX "chatMessages_orgId_sessionId_sentAt_id_idx" ON "chatMessages"("orgId", "sessionId", "sentAt", "id");

-- CreateIndex
CREATE INDEX "chatMessages_orgId_authorId_sentAt_id_idx" ON "chatMessages"("orgId", "authorId", "sentAt", "id");

-- CreateIndex
CREATE INDEX "chatMessages_mentionIds_idx" ON "chatMessages" USING GIN ("mentionIds");

-- CreateIndex
CREATE INDEX "chatMessages_orgId_replyToId_sentAt_id_idx" ON "chatMessages"("orgId", "replyToId", "sentAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "chatMessages_orgId_sessionId_sequence_key" ON "chatMessages"("orgId", "sessionId", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "chatMessages_orgId_sessionId_id_key" ON "chatMessages"("orgId", "sessionId", "id");

-- CreateIndex
CREATE INDEX "externalChannelLinks_orgId_createdAt_id_idx" ON "externalChannelLinks"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "externalChannelLinks_orgId_channelId_createdAt_id_idx" ON "externalChannelLinks"("orgId", "channelId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "externalChannelLinks_orgId_provider_externalId_key" ON "externalChannelLinks"("orgId", "provider", "externalId");

-- CreateIndex
CREATE INDEX "relevancyGateLog_orgId_decidedAt_id_idx" ON "relevancyGateLog"("orgId", "decidedAt", "id");

-- CreateIndex
CREATE INDEX "relevancyGateLog_orgId_channelId_decidedAt_id_idx" ON "relevancyGateLog"("orgId", "channelId", "decidedAt", "id");

-- CreateIndex
CREATE INDEX "relevancyGateLog_orgId_sessionId_decidedAt_id_idx" ON "relevancyGateLog"("orgId", "sessionId", "decidedAt", "id");

-- CreateIndex
CREATE INDEX "relevancyGateLog_orgId_messageId_decidedAt_id_idx" ON "relevancyGateLog"("orgId", "messageId", "decidedAt", "id");

-- CreateIndex
CREATE INDEX "relevancyGateLog_orgId_agentId_decidedAt_id_idx" ON "relevancyGateLog"("orgId", "agentId", "decidedAt", "id");

-- AddForeignKey
ALTER TABLE "agentChannelMemory" ADD CONSTRAINT "agentChannelMemory_orgId_channelId_fkey" FOREIGN KEY ("orgId", "channelId") REFERENCES "channels"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agentLongTermMemory" ADD CONSTRAINT "agentLongTermMemory_orgId_sourceChannelId_fkey" FOREIGN KEY ("orgId", "sourceChannelId") REFERENCES "channels"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "agentSessionMemory" ADD CONSTRAINT "agentSessionMemory_orgId_sessionId_fkey" FOREIGN KEY ("orgId", "sessionId") REFERENCES "channelSessions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "channelSessions" ADD CONSTRAINT "channelSessions_orgId_channelId_fkey" FOREIGN KEY ("orgId", "channelId") REFERENCES "channels"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "chatMessages" ADD CONSTRAINT "chatMessages_orgId_sessionId_fkey" FOREIGN KEY ("orgId", "sessionId") REFERENCES "channelSessions"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "chatMessages" ADD CONSTRAINT "chatMessages_orgId_sessionId_replyToId_fkey" FOREIGN KEY ("orgId", "sessionId", "replyToId") REFERENCES "chatMessages"("orgId", "sessionId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "externalChannelLinks" ADD CONSTRAINT "externalChannelLinks_orgId_channelId_fkey" FOREIGN KEY ("orgId", "channelId") REFERENCES "channels"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "relevancyGateLog" ADD CONSTRAINT "relevancyGateLog_orgId_channelId_fkey" FOREIGN KEY ("orgId", "channelId") REFERENCES "channels"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "relevancyGateLog" ADD CONSTRAINT "relevancyGateLog_orgId_channelId_sessionId_fkey" FOREIGN KEY ("orgId", "channelId", "sessionId") REFERENCES "channelSessions"("orgId", "channelId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "relevancyGateLog" ADD CONSTRAINT "relevancyGateLog_orgId_sessionId_messageId_fkey" FOREIGN KEY ("orgId", "sessionId", "messageId") REFERENCES "chatMessages"("orgId", "sessionId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

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

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentChannelMemory" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentLongTermMemory" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "agentSessionMemory" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "channels" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "channelSessions" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER refuse_change BEFORE UPDATE ON "chatMessages" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "externalChannelLinks" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER refuse_change BEFORE UPDATE ON "relevancyGateLog" FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "channels"
  ADD CONSTRAINT channels_factory_has_factory CHECK ("type" <> 'FACTORY' OR "factoryId" IS NOT NULL),
  ADD CONSTRAINT channels_team_has_team CHECK ("type" <> 'TEAM' OR "teamId" IS NOT NULL),
  ADD CONSTRAINT channels_personal_has_owner CHECK ("type" <> 'PERSONAL' OR "ownerId" IS NOT NULL),
  ADD CONSTRAINT channels_threshold_from_0_to_1 CHECK ("relevancyThreshold" BETWEEN 0 AND 1),
  ADD CONSTRAINT channels_loop_depth_from_0_to_100 CHECK ("maxAgentLoopDepth" BETWEEN 0 AND 100);

-- Sessions are held to the type of their channel when they are written, so it stays.
CREATE FUNCTION refuse_new_type() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the type of channel % never changes', OLD."id" USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_new_type BEFORE UPDATE ON "channels" FOR EACH ROW WHEN (NEW."type" <> OLD."type") EXECUTE FUNCTION refuse_new_type();

-- A list column of Prisma's may be null; these lists are empty at least.
ALTER TABLE "channelSessions"
  ADD CONSTRAINT "channelSessions_lists_not_null" CHECK ("participantIds" IS NOT NULL),
  ADD CONSTRAINT "channelSessions_ended_unless_active" CHECK (("status" = 'ACTIVE') = ("endedAt" IS NULL)),
  ADD CONSTRAINT "channelSessions_ends_after_start" CHECK ("endedAt" >= "startedAt");

-- ACTIVE, then COMPLETED, then ARCHIVED: no way back, and no step left out.
CREATE FUNCTION refuse_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'session % is %, and cannot become %', OLD."id", OLD."status", NEW."status" USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_status BEFORE UPDATE ON "channelSessions" FOR EACH ROW
  WHEN (NEW."status" <> OLD."status" AND (OLD."status", NEW."status") NOT IN (('ACTIVE', 'COMPLETED'), ('COMPLETED', 'ARCHIVED')))
  EXECUTE FUNCTION refuse_status();

-- The channel is locked until the session is written, so that it is not archived in between.
CREATE FUNCTION check_session_against_channel() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  channel "channels";
BEGIN
  SELECT * INTO channel FROM "channels" WHERE "orgId" = NEW."orgId" AND "id" = NEW."channelId" FOR SHARE;
  IF channel."archivedAt" <= NEW."startedAt" THEN
    RAISE EXCEPTION 'a session violates constraint "channelSessions_channel_is_open"' USING ERRCODE = 'check_violation', CONSTRAINT = 'channelSessions_channel_is_open';
  END IF;
  IF channel."type" = 'DIRECT' AND (cardinality(NEW."participantIds") <> 2 OR NEW."participantIds"[1] = NEW."participantIds"[2]) THEN
    RAISE EXCEPTION 'a session violates constraint "channelSessions_direct_is_between_two"' USING ERRCODE = 'check_violation', CONSTRAINT = 'channelSessions_direct_is_between_two';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_session_against_channel BEFORE INSERT OR UPDATE OF "channelId", "participantIds", "startedAt" ON "channelSessions"
  FOR EACH ROW EXECUTE FUNCTION check_session_against_channel();

ALTER TABLE "chatMessages"
  ADD CONSTRAINT "chatMessages_lists_not_null" CHECK ("mentionIds" IS NOT NULL),
  ADD CONSTRAINT "chatMessages_count_from_one" CHECK ("sequence" >= 1),
  ADD CONSTRAINT "chatMessages_author_fits_type" CHECK (("authorId" IS NULL AND "authorType" IN ('SYSTEM', 'EXTERNAL')) OR ("authorId" IS NOT NULL AND "authorType" <> 'SYSTEM')),
  ADD CONSTRAINT "chatMessages_reply_to_another" CHECK ("replyToId" <> "id"),
  ADD CONSTRAINT "chatMessages_tokens_not_negative" CHECK ("tokenCount" >= 0);

-- Unique, from 1, and each after the one before it: no gaps, whoever writes. The session is locked until the message is
-- written, so that it does not end in between.
CREATE FUNCTION check_message_against_session() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  session "channelSessions";
BEGIN
  SELECT * INTO session FROM "channelSessions" WHERE "orgId" = NEW."orgId" AND "id" = NEW."sessionId" FOR SHARE;
  IF session."endedAt" < NEW."sentAt" THEN
    RAISE EXCEPTION 'a message violates constraint "chatMessages_session_is_active"' USING ERRCODE = 'check_violation', CONSTRAINT = 'chatMessages_session_is_active';
  END IF;
  PERFORM FROM "chatMessages" WHERE "orgId" = NEW."orgId" AND "sessionId" = NEW."sessionId" AND "sequence" = NEW."sequence" - 1;
  IF NEW."sequence" > 1 AND NOT FOUND THEN
    RAISE EXCEPTION 'a message violates constraint "chatMessages_sequence_has_no_gaps"' USING ERRCODE = 'check_violation', CONSTRAINT = 'chatMessages_sequence_has_no_gaps';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_message_against_session BEFORE INSERT ON "chatMessages" FOR EACH ROW EXECUTE FUNCTION check_message_against_session();

ALTER TABLE "agentSessionMemory"
  ADD CONSTRAINT "agentSessionMemory_tokens_not_negative" CHECK ("tokenCount" >= 0),
  ADD CONSTRAINT "agentSessionMemory_within_budget" CHECK ("tokenCount" <= "tokenBudget");

ALTER TABLE "agentChannelMemory" ADD CONSTRAINT "agentChannelMemory_tokens_not_negative" CHECK ("tokenCount" >= 0);

ALTER TABLE "agentLongTermMemory"
  ADD CONSTRAINT "agentLongTermMemory_importance_from_0_to_1" CHECK ("importance" BETWEEN 0 AND 1),
  ADD CONSTRAINT "agentLongTermMemory_embedding_null_or_some" CHECK (cardinality("embedding") BETWEEN 1 AND 4096);

ALTER TABLE "relevancyGateLog"
  ADD CONSTRAINT "relevancyGateLog_scores_from_0_to_1" CHECK ("score" BETWEEN 0 AND 1 AND "threshold" BETWEEN 0 AND 1);
