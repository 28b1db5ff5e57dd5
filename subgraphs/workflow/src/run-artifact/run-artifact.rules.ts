import { idempotencyKey, idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

/** What is said of a file, by whoever made it. */
export const fileRules = {
  name: text(1, 255),
  mimeType: text(1, 127).regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type, such as application/pdf'),
  sizeBytes: z.string().transform(BigInt).refine((bytes) => bytes >= 0n && bytes < 2n ** 63n, 'must be from 0 to 9223372036854775807'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case'),
  storageKey: text(1, 1_024),
};

export const createRunArtifactRules = z.object({
  runId: idOf('WorkflowRun'),
  stepId: text(1, 100).nullable().default(null),
  ...fileRules,
  agentId: idOf('Agent').nullable().default(null),
  idempotencyKey,
});
