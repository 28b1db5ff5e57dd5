import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

const explorerCache = join(import.meta.dirname, '../../node_modules/.cache/explorer');

// Monaco writes styles of its own and carries its icons' font as data.
const contentSecurityPolicy = [
  "default-src 'self'", "style-src 'self' 'unsafe-inline'", "font-src 'self' data:", "img-src 'self' data:", "worker-src 'self' blob:",
  "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'",
].join('; ');

/** GraphiQL at `/`, with all it loads under `/explorer/`; nothing comes from anywhere else. */
export function addExplorer(http: FastifyInstance, logger: Logger): void {
  mkdirSync(explorerCache, { recursive: true });
  http.register(fastifyStatic, { root: explorerCache, serve: false });

  let folder: Promise<string> | undefined;
  // On the first request, not at the start: whoever never opens the page never waits for it.
  const built = () => (folder ??= build().catch((error: unknown) => {
    folder = undefined;
    logger.error({ err: error }, 'the explorer could not be built');
    throw error;
  }));

  http.get('/', async (_, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy).header('referrer-policy', 'no-referrer');
    return reply.sendFile('index.html', await built(), { cacheControl: false });
  });
  http.get<{ Params: { file: string } }>('/explorer/:file', async (request, reply) => {
    return reply.sendFile(request.params.file, await built(), { maxAge: 0 });
  });
}

/** What bundles, and what is bundled, are devDependencies: production has neither them nor this page. */
async function build(): Promise<string> {
  const { buildExplorer } = await import('./build-explorer.ts');
  return buildExplorer(explorerCache);
}
