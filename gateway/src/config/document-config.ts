import { z } from 'zod';
import type { GatewaySettings } from '../gateway-settings.ts';
import { readTrustedDocuments } from '../documents/trusted-documents.ts';

const mode = z.enum(['off', 'log', 'required'], 'must be off, log or required');

/** Which documents clients may send. */
export const documentVariables = z.object({
  FORGE_APQ: z.enum(['on', 'off'], 'must be on or off').default('on'),
  FORGE_TRUSTED_DOCUMENTS: z.string().optional(),
  FORGE_TRUSTED_DOCUMENTS_MODE: mode.optional(),
}).superRefine(({ FORGE_TRUSTED_DOCUMENTS: file, FORGE_TRUSTED_DOCUMENTS_MODE: given }, { addIssue }) => {
  if (file === undefined && given !== undefined && given !== 'off') addIssue({ code: 'custom', path: ['FORGE_TRUSTED_DOCUMENTS'], message: `is not set; with FORGE_TRUSTED_DOCUMENTS_MODE=${given} it names the manifest` });
});

/** Reads the manifest, where one is named; throws an OperatorError when it cannot be used. Trusted documents are known by their ids in any mode, and required in none unless it says so. */
export function readDocuments({ FORGE_APQ, FORGE_TRUSTED_DOCUMENTS: file, FORGE_TRUSTED_DOCUMENTS_MODE: given = 'off' }: z.output<typeof documentVariables>): GatewaySettings['documents'] {
  return { automatic: FORGE_APQ === 'on', trusted: file === undefined ? undefined : readTrustedDocuments(file), mode: given };
}
