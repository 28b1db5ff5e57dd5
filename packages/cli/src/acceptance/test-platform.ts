import { demoPrincipal, type Principal } from '@forge/auth';
import type { GatewayOptions } from '@forge/gateway';
import { createTestDatabase, recordStatements, type Statements, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { pino } from 'pino';
import { listDomains } from '../domains.ts';
import { createFront, inProcess, startSubgraphs } from '../platform.ts';

export interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: { code?: string } }[];
}

export interface TestPlatform {
  /** Where it answers. */
  readonly endpoint: string;
  /** The URL of each domain's database. */
  readonly urls: ReadonlyMap<string, string>;
  /** The SQL of all subgraphs together. */
  readonly statements: Statements;
  /** What a client gets over HTTP; the demo administrator unless said otherwise. */
  ask<T>(query: string, variables?: object, principal?: Principal): Promise<Answer<T>>;
  /** The same for an operation that must not fail: its data, or the errors thrown. */
  data<T>(query: string, variables?: object): Promise<T>;
  close(): Promise<void>;
}

const projectDir = join(import.meta.dirname, '../../../..');

/** What the platform encrypts secrets with in tests. */
export const secretKeys = { FORGE_SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}` };

/** The whole platform as `npm start` runs it, but for its jobs unless asked for, on databases of its own; `fill` comes before the subgraphs start. */
export async function startTestPlatform(fill: (urls: ReadonlyMap<string, string>) => Promise<unknown>, { jobs = false, ...front }: { jobs?: boolean } & Pick<GatewayOptions, 'rate' | 'registry' | 'shape' | 'timeoutMilliseconds'> = {}): Promise<TestPlatform> {
  const databases = new Map<string, TestDatabase>();
  for (const domain of listDomains(projectDir)) databases.set(domain, await createTestDatabase(domain));
  const urls = new Map([...databases].map(([domain, { url }]) => [domain, url]));
  await fill(urls);

  const statements = recordStatements();
  const logger = pino({ level: 'silent' });
  const subgraphs = await startSubgraphs(urls, { logger, onSql: statements.onSql, env: secretKeys, jobs });
  const gateway = await createFront({ projectDir }, inProcess(subgraphs), {
    authenticate: ({ 'x-principal': principal }) => (typeof principal === 'string' ? (JSON.parse(principal) as Principal) : demoPrincipal),
    logger, maxDelayMilliseconds: 60_000, ...front,
  });
  const endpoint = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql`;

  const ask = async <T>(query: string, variables: object = {}, principal = demoPrincipal): Promise<Answer<T>> => {
    const headers = { 'content-type': 'application/json', 'x-principal': JSON.stringify(principal) };
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as Answer<T>;
  };
  return {
    endpoint, urls, statements, ask,
    async data<T>(query: string, variables?: object) {
      const { data, errors } = await ask<T>(query, variables);
      if (errors || !data) throw new Error(JSON.stringify(errors, null, 1));
      return data;
    },
    async close() {
      await gateway.close();
      await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
      for (const database of databases.values()) await database.drop();
    },
  };
}
