import { postgreSplitterOptions, splitQuery } from 'dbgate-query-splitter';
import pg from 'pg';

/** What PostgreSQL said against a script, and which statement of it it said it of. */
export interface ScriptFault {
  /** Counted from 1. */
  readonly line: number;
  /** Without the comments before it. */
  readonly statement: string;
  readonly error: Error;
}

/** A statement as the splitter gives it under `returnRichInfo`; lines count from 0. */
interface Piece {
  readonly text: string;
  readonly trimStart?: { readonly line: number };
}

/**
 * Runs a script, taken apart by PostgreSQL's rules (a function's body between $$ is one piece), as one transaction that
 * `finish` completes. Where that fails it tells `onFault` of the statement and throws the error.
 */
export async function runScript(client: pg.Client, script: string, finish: () => Promise<void>, onFault: (fault: ScriptFault) => void): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const piece of splitQuery(script, { ...postgreSplitterOptions, returnRichInfo: true }) as Piece[]) {
      const comments = leadingComments(piece.text);
      const statement = piece.text.slice(comments.length);
      // Prisma puts changes of an enum between these, and would end the transaction before the script does.
      if (/^(BEGIN|COMMIT)$/i.test(statement)) continue;
      await client.query(statement).catch((error: unknown) => {
        const line = (piece.trimStart?.line ?? 0) + newlines(comments) + newlines(statement.slice(0, positionOf(error))) + 1;
        onFault({ line, statement, error: error as Error });
        throw error;
      });
    }
    await finish();
    await client.query('COMMIT');
  } catch (error) {
    // A connection that broke has taken the transaction with it.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function leadingComments(text: string): string {
  return /^(\s+|--.*|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0] ?? '';
}

/** How far into the statement PostgreSQL points; 0 when it points nowhere. */
function positionOf(error: unknown): number {
  return error instanceof pg.DatabaseError && error.position ? Number(error.position) - 1 : 0;
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
