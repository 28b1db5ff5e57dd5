import { z } from 'zod';

const fewestBytes = 32;

/** FORGE_EVENT_SECRETS: one secret or several by commas, base64, at least 32 bytes each. */
export const eventSecrets = z
  .string('is not set; it holds the secrets by which subgraphs know each other\'s events: base64 of at least 32 bytes, several by commas')
  .transform((list) => list.split(',').map((each) => Buffer.from(each.trim(), 'base64')))
  .refine((secrets) => secrets.every(({ length }) => length >= fewestBytes), `needs at least ${fewestBytes} bytes in base64 for each secret`);
