import { z } from 'zod';

const fault = 'must be a number from 0 to 65535';

/** Where the gateway listens, and which sites' pages may ask it. */
export const serverVariables = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number(fault).int(fault).min(0, fault).max(65_535, fault).default(4000),
  FORGE_CORS_ORIGINS: z.string().default('').transform(listed)
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://app.example.com, by commas; a * for all is not among them, credentials go with requests'),
  FORGE_ADMIN_ORG: z.string().optional(),
  FORGE_SUPERGRAPH: z.string().optional(),
});

function listed(text: string): string[] {
  return text.split(',').map((each) => each.trim()).filter((each) => each !== '');
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
