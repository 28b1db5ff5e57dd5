import { demoPrincipal, type Principal } from '@forge/auth';
import { pino, type Logger } from 'pino';
import { recordStatements, type Statements } from './statements.ts';
import type { TestDatabase } from './test-database.ts';

/** The part of a subgraph that a test drives. */
interface Subgraph {
  execute(request: { query: string; variables?: Record<string, unknown> }, context: { principal: Principal }): Promise<Response>;
  close(): Promise<void>;
}

interface Response {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** An answer of any shape: as loosely typed as JSON is. */
type Answer = ReturnType<typeof JSON.parse>;

type Create = (settings: { databaseUrl: string; logger: Logger; onSql: (text: string) => void }) => Promise<Subgraph>;

/** A subgraph on a database of its own, and what it does to it. */
export interface TestSubgraph {
  readonly databaseUrl: string;
  readonly statements: Statements;
  /** Runs an operation, as the demo administrator unless said otherwise, and answers what the client would get. */
  ask(query: string, variables?: Record<string, unknown>, principal?: Principal): Promise<Response>;
  /** The same for an operation that must not fail: its data, or the errors thrown. */
  data(query: string, variables?: Record<string, unknown>, principal?: Principal): Promise<Answer>;
  close(): Promise<void>;
}

export const anotherOrganisation: Principal = { ...demoPrincipal, orgId: 'org_01jd0000000000000000000002', subject: 'wrk_01jd0000000000000000000002' };

/** Starts a subgraph on a database of a test's own, such as `createTestDatabase('workflow')`. */
export async function startTestSubgraph(made: Promise<TestDatabase>, create: Create): Promise<TestSubgraph> {
  const database = await made;
  const statements = recordStatements();
  const subgraph = await create({ databaseUrl: database.url, logger: pino({ level: 'silent' }), onSql: statements.onSql });
  const ask: TestSubgraph['ask'] = (query, variables = {}, principal = demoPrincipal) => subgraph.execute({ query, variables }, { principal });
  return {
    databaseUrl: database.url,
    statements,
    ask,
    async data(query, variables, principal) {
      const { data, errors } = await ask(query, variables, principal);
      if (errors) throw new Error(JSON.stringify(errors, null, 1));
      return data;
    },
    async close() {
      await subgraph.close();
      await database.drop();
    },
  };
}
