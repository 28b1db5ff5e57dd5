import { describeRequirement, mayDo, type Principal } from '@forge/auth';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { refuse } from '../errors/refusal.ts';
import { refusalOf } from '../errors/refusal-of.ts';
import type { Warming } from '../planning/warm-plans.ts';
import type { Authenticate } from '../security/authenticate/authenticate.ts';
import type { Composer } from '../supergraph/composer.ts';
import type { Releases } from '../supergraph/releases.ts';
import { createReplaceSupergraph, type AdminRelease } from './replace-supergraph.ts';
import { readSupergraphBody } from './supergraph-body.ts';

export interface AdminOptions {
  readonly authenticate: Authenticate;
  readonly releases: Releases<AdminRelease, Warming>;
  readonly composer: Composer;
  readonly logger: Logger;
  /** The organisation that runs this gateway: its administrators alone may. Without it those of every organisation may. */
  readonly orgId?: string | undefined;
  /** Default 16 MiB. */
  readonly maxBodyBytes?: number;
}

const path = '/admin/supergraph';
const needed = [['admin']];

/**
 * `POST /admin/supergraph` replaces the supergraph while requests run: by the one in the body (`application/graphql`), or by one
 * composed of the subgraphs in the body and those in use (`application/json`). `GET` says which is in use.
 */
export function addAdminRoutes(http: FastifyInstance, options: AdminOptions): void {
  const { authenticate, releases, composer, logger, orgId, maxBodyBytes = 16 * 1024 * 1024 } = options;
  const replace = createReplaceSupergraph(releases, composer);

  async function administrator({ headers }: FastifyRequest): Promise<Principal> {
    // Pages have no business here; without credentials to ask for (FORGE_AUTH=dev) any site could send its visitors' browsers.
    if (headers.origin !== undefined) throw refuse('FORBIDDEN', 'This is not for browsers.', { status: 403 });
    const principal = await authenticate(headers);
    if (!mayDo(principal.scopes, needed)) throw refuse('FORBIDDEN', describeRequirement(needed), { status: 403 });
    if (orgId !== undefined && principal.orgId !== orgId) throw refuse('FORBIDDEN', 'This is for the organisation that runs the gateway.', { status: 403 });
    return principal;
  }

  // A context of its own: what is read, and how errors are told, is different here.
  void http.register(async (admin) => {
    const principals = new WeakMap<FastifyRequest, Principal>();
    // Before the body is read.
    admin.addHook('onRequest', async (request) => void principals.set(request, await administrator(request)));
    // Any page may send plain text without asking first.
    admin.removeContentTypeParser(['text/plain', 'application/graphql']);
    admin.addContentTypeParser('application/graphql', { parseAs: 'string' }, async (_: FastifyRequest, body: string) => body);
    admin.setErrorHandler((error, _, reply) => {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return reply.code(refusal.status ?? 400).headers(refusal.headers).send({ errors: refusal.errors });
    });

    admin.get(path, async () => {
      const { id, since } = releases.describe();
      return { id, since, subgraphs: releases.current().supergraph.subgraphs.map(({ name, url }) => ({ name, url })) };
    });
    admin.post(path, { bodyLimit: maxBodyBytes }, async (request) => {
      const answer = await replace(readSupergraphBody(request.body), { dryRun: isAsked(request, 'dryRun'), strict: isAsked(request, 'strict') });
      const { orgId: by, subject } = principals.get(request) ?? {};
      logger.info({ requestId: request.id, orgId: by, subject, id: answer.id, previous: answer.previous, changed: answer.changed, broken: answer.broken.length }, 'a supergraph was sent');
      return answer;
    });
  });
}

function isAsked({ query }: FastifyRequest, name: string): boolean {
  const value = (query as Readonly<Record<string, unknown>>)[name];
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw refuse('BAD_REQUEST', `${name} is true or false.`, { status: 400 });
}
