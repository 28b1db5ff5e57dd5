import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPrincipal, UnauthenticatedError } from '@forge/auth';
import fastify from 'fastify';
import { isObjectType } from 'graphql';
import { pino } from 'pino';
import { createPlanCache } from '../planning/plan-cache.ts';
import type { Planner } from '../planning/planner.ts';
import { startPlanner } from '../planning/start-planner.ts';
import { warmPlans, type Warming } from '../planning/warm-plans.ts';
import type { Authenticate } from '../security/authenticate/authenticate.ts';
import { composeSupergraph } from '../supergraph/compose.ts';
import { createComposer } from '../supergraph/composer.ts';
import { smallSources } from '../supergraph/fixture/small-supergraph.ts';
import { createReleases } from '../supergraph/releases.ts';
import { stamp } from '../supergraph/stamp.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { addAdminRoutes } from './admin-routes.ts';
import type { AdminRelease } from './replace-supergraph.ts';

const logger = pino({ level: 'silent' });

/** `authorization: <scopes> of <organisation>` is somebody with these. */
const authenticate: Authenticate = ({ authorization }) => {
  const [scopes, orgId] = authorization?.split(' of ') ?? [];
  if (scopes === undefined || orgId === undefined) throw new UnauthenticatedError('Bring credentials.');
  return { ...demoPrincipal, orgId, scopes: scopes.split(' ') };
};
const administrator = { authorization: 'admin of org_a' };

const small = stamp(composeSupergraph(smallSources()), smallSources());

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'admin-'));
  const listFile = join(folder, 'supergraph.yaml');
  for (const { name, sdl } of smallSources()) writeFileSync(join(folder, `${name}.graphql`), sdl);
  const entries = smallSources().map(({ name, url }) => `  ${name}:\n    routing_url: ${url}\n    schema:\n      file: ./${name}.graphql\n`);
  writeFileSync(listFile, `federation_version: =2.14.4\nsubgraphs:\n${entries.join('')}`);

  const releases = await createReleases<AdminRelease & { planner: Planner }, Warming>(small, {
    async build(sdl) {
      const { planner, apiSdl } = await startPlanner(sdl, { logger });
      return { planner, plans: createPlanCache({ planner }), supergraph: await loadSupergraph(sdl, apiSdl) };
    },
    warm: (next, previous) => warmPlans(next, previous),
    retire: ({ planner }) => planner.close(),
    logger,
  });
  const http = fastify();
  addAdminRoutes(http, { authenticate, releases, composer: createComposer({ listFile }), logger, orgId: 'org_a', maxBodyBytes: 100_000 });

  return {
    releases, http, folder, listFile,
    inUse: () => releases.describe().id,
    fields(name: string) {
      const type = releases.current().supergraph.apiSchema.getType(name);
      return isObjectType(type) ? Object.keys(type.getFields()) : [];
    },
    async post(body: object | string, { query = '', headers = administrator }: { query?: string; headers?: Record<string, string> } = {}) {
      const type = typeof body === 'string' ? 'application/graphql' : 'application/json';
      const response = await http.inject({ method: 'POST', url: `/admin/supergraph${query}`, headers: { 'content-type': type, ...headers }, payload: body });
      return { status: response.statusCode, headers: response.headers, body: response.json<Record<string, unknown>>() };
    },
    async close() {
      await http.close();
      await releases.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const sdlOf = (name: string) => smallSources().find((source) => source.name === name)?.sdl ?? '';
const tasksWith = (fields: string) => ({ tasks: { sdl: sdlOf('tasks').replace('title: String!', fields) } });

let gateway: Awaited<ReturnType<typeof start>>;

describe('what is turned away changes nothing:', () => {
  beforeAll(async () => { gateway = await start(); });
  afterAll(() => gateway.close());

  test.each([
    ['somebody without credentials', {}, 401, 'UNAUTHENTICATED'],
    ['who may read only', { authorization: 'workflow:read of org_a' }, 403, 'FORBIDDEN'],
    ['the administrator of another organisation', { authorization: 'admin of org_b' }, 403, 'FORBIDDEN'],
    ['a page in a browser', { ...administrator, origin: 'http://evil.test' }, 403, 'FORBIDDEN'],
  ])('%s is turned away', async (_, headers, status, code) => {
    expect(await gateway.post({ subgraphs: tasksWith('name: String') }, { headers })).toMatchObject({ status, body: { errors: [{ extensions: { code } }] } });
    const { statusCode } = await gateway.http.inject({ url: '/admin/supergraph', headers });
    expect(statusCode).toBe(status);
  });

  test('which supergraph is in use can be asked', async () => {
    const response = await gateway.http.inject({ url: '/admin/supergraph', headers: administrator });
    expect(response.json()).toEqual({
      id: gateway.inUse(), since: expect.stringMatching(/^\d{4}-.*Z$/),
      subgraphs: ['node', 'tasks', 'workers'].map((name) => ({ name, url: `http://${name}.test/graphql` })),
    });
  });

  test.each([
    ['no supergraph', 'type Query { a: Int }', 'SUPERGRAPH_REFUSED', /cannot be used[\s\S]*core schema/],
    ['subgraphs that do not fit together', { subgraphs: tasksWith('title: Strong!') }, 'NOT_COMPOSED', /tasks: Strong \(INVALID_GRAPHQL\)[\s\S]*What to do/],
    ['a subgraph that cannot be read', { subgraphs: { tasks: { sdl: 'type {' } } }, 'SUPERGRAPH_REFUSED', /subgraph "tasks" cannot be read/],
    ['the subgraph that is generated', { subgraphs: { node: { sdl: 'type Query { a: Int }' } } }, 'SUPERGRAPH_REFUSED', /"node" is made from the others/],
  ])('%s is refused with the reason, and the present one stays', async (_, body, code, message) => {
    const id = gateway.inUse();
    expect(await gateway.post(body)).toMatchObject({ status: 422, body: { errors: [{ message: expect.stringMatching(message), extensions: { code } }] } });
    expect(gateway.inUse()).toBe(id);
  });

  test.each([
    ['another shape', { subgraph: {} }, {}, 400],
    ['no subgraphs', { subgraphs: {} }, {}, 400],
    ['a switch that is neither on nor off', { subgraphs: tasksWith('name: String') }, { query: '?dryRun=maybe' }, 400],
    ['plain text', 'type Query { a: Int }', { headers: { ...administrator, 'content-type': 'text/plain' } }, 415],
    ['too much', 'x'.repeat(100_001), {}, 413],
  ])('%s is no request', async (_, body, options, status) => {
    expect((await gateway.post(body, options)).status).toBe(status);
  });

  test('files that say something else than the supergraph in use change nothing unasked', async () => {
    writeFileSync(join(gateway.folder, 'workers.graphql'), sdlOf('workers').replace('hiredAt: DateTime!', 'hiredAt: DateTime! badge: Int'));
    expect(await gateway.post({ subgraphs: tasksWith('title: String! done: Boolean') })).toMatchObject({ status: 422, body: { errors: [{ message: expect.stringMatching(/workers would change too/) }] } });
  });
});

describe('a supergraph is replaced:', () => {
  beforeEach(async () => { gateway = await start(); });
  afterEach(() => gateway.close());

  test('subgraphs that have changed are composed with those in use, one change after the other', async () => {
    const previous = gateway.inUse();
    const [first, second] = await Promise.all([
      gateway.post({ subgraphs: tasksWith('title: String! done: Boolean') }),
      gateway.post({ subgraphs: { workers: { sdl: sdlOf('workers').replace('hiredAt: DateTime!', 'hiredAt: DateTime! badge: Int') } } }),
    ]);
    expect(first).toMatchObject({ status: 200, body: { previous, changed: true, dryRun: false, warmed: 0, broken: [], milliseconds: expect.any(Number) } });
    expect(second).toMatchObject({ status: 200, body: { previous: first.body['id'], changed: true } });
    expect(gateway.inUse()).toBe(second.body['id']);
    expect([gateway.fields('Task'), gateway.fields('Worker')]).toEqual([expect.arrayContaining(['done']), expect.arrayContaining(['badge', 'tasks'])]);
  });

  test('a subgraph that is added needs its URL, and its entities can be found by Query.node', async () => {
    const sdl = sdlOf('tasks').replaceAll('Task', 'Errand').replaceAll('task', 'errand').replaceAll('tsk', 'err');
    expect(await gateway.post({ subgraphs: { errands: { sdl } } })).toMatchObject({ status: 422, body: { errors: [{ message: 'There is no subgraph errands so far. Say its url if it is to be added.' }] } });
    expect(await gateway.post({ subgraphs: { errands: { sdl, url: 'http://errands.test/graphql' } } })).toMatchObject({ status: 200, body: { changed: true } });
    expect(gateway.releases.describe().sdl).toMatch(/type Errand[^{]*join__type\(graph: NODE/);
  });

  test('a composed supergraph is taken as it is, a second time it changes nothing', async () => {
    const sdl = composeSupergraph(smallSources().map((source) => (source.name === 'tasks' ? { ...source, ...tasksWith('title: String! done: Boolean').tasks } : source)));
    expect(await gateway.post(sdl)).toMatchObject({ status: 200, body: { changed: true } });
    expect(await gateway.post(sdl)).toMatchObject({ status: 200, body: { id: gateway.inUse(), previous: gateway.inUse(), changed: false } });
  });

  test('operations that would be answered no more are listed, when asked for they are a reason to refuse', async () => {
    await gateway.releases.current().plans.warm({ key: 'titles', operation: '{ tasks { title } }', uses: 3 });
    const change = { subgraphs: tasksWith('name: String') };
    const broken = [{ operation: '{ tasks { title } }', faults: [expect.stringContaining('Cannot query field "title"')] }];
    const id = gateway.inUse();
    expect(await gateway.post(change, { query: '?strict=true' })).toMatchObject({ status: 422, body: { errors: [{ message: expect.stringContaining('An operation that clients use would be answered no more') }] } });
    expect(await gateway.post(change, { query: '?dryRun=true' })).toMatchObject({ status: 200, body: { changed: false, dryRun: true, previous: id, broken } });
    expect(gateway.inUse()).toBe(id);
    expect(await gateway.post(change)).toMatchObject({ status: 200, body: { changed: true, broken } });
  });

  test('schemas that are not known are asked for', async () => {
    rmSync(gateway.listFile);
    expect(await gateway.post({ subgraphs: tasksWith('title: String! done: Boolean') })).toMatchObject({ status: 422, body: { errors: [{ message: expect.stringContaining('The schemas of workers are not known here') }] } });
    expect(await gateway.post({ subgraphs: { ...tasksWith('title: String! done: Boolean'), workers: { sdl: sdlOf('workers') } } })).toMatchObject({ status: 200, body: { changed: true } });
    expect(await gateway.post({ subgraphs: tasksWith('title: String! late: Boolean') })).toMatchObject({ status: 200, body: { changed: true } });
  });
});
