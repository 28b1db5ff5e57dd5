import { GraphQLError, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Refusal, refuse } from '../errors/refusal.ts';
import { withCode } from '../errors/with-code.ts';
import { checkShape } from '../limits/check-shape.ts';
import { parseDocument, type ParseLimits } from '../limits/parse-document.ts';
import type { ShapeLimits } from '../limits/shape-limits.ts';
import { readOperation } from './operation.ts';
import { prepareOperation, type Preparation, type PreparedOperation } from './prepared-operation.ts';
import { validateDocument } from './validate-document.ts';

/** The documents that have been asked for lately, each parsed, checked and validated once. */
export interface PreparedDocuments {
  /** The operation of a document that is meant; throws a Refusal that says what is wrong with the document, or that it cannot be told. */
  operation(text: string, operationName: string | undefined): PreparedOperation;
}

export interface DocumentLimits extends ParseLimits {
  readonly shape: ShapeLimits;
}

interface Checked {
  readonly document: DocumentNode;
  readonly operations: Map<string, PreparedOperation>;
}

// Of UTF-16 code units; what is made of a document takes some twenty times as much memory.
const maxKept = 8 * 1024 * 1024;
// Apart from the others, which a flood of nonsense must not drive out.
const maxKeptRefusals = 512 * 1024;

export function createPreparedDocuments(preparation: Preparation, limits: DocumentLimits): PreparedDocuments {
  const sizeCalculation = (_: unknown, { length }: string) => length;
  const documents = new LRUCache<string, Checked>({ maxSize: maxKept, sizeCalculation });
  const refusals = new LRUCache<string, Refusal>({ maxSize: maxKeptRefusals, sizeCalculation });

  return {
    operation(text, operationName) {
      const { document, operations } = documents.get(text) ?? check(text);
      const key = operationName ?? '';
      const known = operations.get(key) ?? prepared(document, operationName);
      operations.set(key, known);
      return known;
    },
  };

  function check(text: string): Checked {
    const refused = refusals.get(text);
    if (refused) throw refused;
    try {
      const checkedNow = { document: checked(text), operations: new Map<string, PreparedOperation>() };
      documents.set(text, checkedNow);
      return checkedNow;
    } catch (error) {
      const refusal = error instanceof GraphQLError ? new Refusal([withCode(error, 'GRAPHQL_PARSE_FAILED')]) : error;
      if (refusal instanceof Refusal) refusals.set(text, refusal);
      throw refusal;
    }
  }

  function checked(text: string): DocumentNode {
    const document = parseDocument(text, limits);
    const excesses = checkShape(document, limits.shape);
    if (excesses.length > 0) throw new Refusal(excesses.map((excess) => withCode(excess, 'OPERATION_TOO_LARGE')));
    const faults = validateDocument(preparation.apiSchema, document);
    if (faults.length > 0) throw new Refusal(faults.map((fault) => withCode(fault, 'GRAPHQL_VALIDATION_FAILED')));
    return document;
  }

  function prepared(document: DocumentNode, operationName: string | undefined): PreparedOperation {
    const operation = readOperation(preparation.apiSchema, preparation.access, document, operationName);
    // Validation lets an operation of a kind that the schema does not have pass.
    if (operation && !preparation.apiSchema.getRootType(operation.node.operation)) throw refuse('OPERATION_RESOLUTION_FAILURE', `The graph has no ${operation.node.operation}s.`);
    if (operation) return prepareOperation(preparation, operation);
    throw refuse('OPERATION_RESOLUTION_FAILURE', operationName === undefined ? 'The document has several operations; say which by operationName.' : `The document has no operation of the name "${operationName.slice(0, 100)}".`);
  }
}
