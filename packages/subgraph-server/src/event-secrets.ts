import { z } from 'zod';

const fewestBytes = 32;

const base64 = /^[\w+/-]+={0,2}$/;

/** FORGE_EVENT_SECRETS: one secret or several by commas, base64, at least 32 bytes each. */
export const eventSecrets = z
  .string('is not set; it holds the secrets by which subgraphs know each other\'s events: base64 of at least 32 bytes, several by commas')
  .transform((list) => list.split(',').map((each) => each.trim()))
  .refine((secrets) => secrets.every((each) => base64.test(each) && Buffer.from(each, 'base64').length >= fewestBytes), `needs at least ${fewestBytes} bytes in base64 for each secret`)
  .transform((secrets) => secrets.map((each) => Buffer.from(each, 'base64')));
