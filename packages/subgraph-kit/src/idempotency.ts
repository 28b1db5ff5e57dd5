import { createHash } from 'node:crypto';
import { fault } from './user-faults.ts';

/** The part of a Prisma transaction that is needed here. */
interface Transaction {
  $queryRaw<T>(query: TemplateStringsArray, ...values: unknown[]): Promise<T>;
}

interface Call {
  orgId: string;
  /** The mutation's name. */
  operation: string;
  /** The client's key; without one every call counts. */
  key: string | null | undefined;
  input: unknown;
}

/**
 * Runs `write` at most once for a key, inside the caller's transaction, and answers the id it made, also to whoever
 * comes again with the same key and input. Another input under the same key is a CONFLICT. A second call that comes
 * while the first is still running waits on the row that the first has inserted, so both see one outcome.
 */
export async function onceOnly(tx: Transaction, call: Call, write: () => Promise<string>): Promise<string> {
  if (!call.key) return write();
  const inputHash = createHash('sha256').update(JSON.stringify(call.input)).digest('hex');
  const claimed = await tx.$queryRaw<unknown[]>`
    INSERT INTO "callbackDedup" ("orgId", "source", "key", "inputHash", "handledAt")
    VALUES (${call.orgId}, ${call.operation}, ${call.key}, ${inputHash}, now())
    ON CONFLICT ("orgId", "source", "key") DO NOTHING RETURNING 1`;
  if (claimed.length > 0) {
    const resultId = await write();
    await tx.$queryRaw`
      UPDATE "callbackDedup" SET "resultId" = ${resultId}
      WHERE "orgId" = ${call.orgId} AND "source" = ${call.operation} AND "key" = ${call.key} RETURNING 1`;
    return resultId;
  }
  const [earlier] = await tx.$queryRaw<{ inputHash: string; resultId: string }[]>`
    SELECT "inputHash", "resultId" FROM "callbackDedup"
    WHERE "orgId" = ${call.orgId} AND "source" = ${call.operation} AND "key" = ${call.key}`;
  if (earlier?.inputHash !== inputHash) {
    throw fault('CONFLICT', 'idempotencyKey', 'idempotencyKey: was used before with another input; take a new key for a new call');
  }
  return earlier.resultId;
}
