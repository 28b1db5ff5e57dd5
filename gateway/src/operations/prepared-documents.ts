import { GraphQLError, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Refusal, refuse } from '../errors/refusal.ts';
import { withCode } from '../errors/with-code.ts';
import { checkShape } from '../limits/check-shape.ts';
import { parseDocument, type ParseLimits } from '../limits/parse-document.ts';
import type { ShapeLimits } from '../limits/shape-limits.ts';
import { documentSize } from './document-size.ts';
import { readOperation } from './operation.ts';
import { prepareOperation, type Preparation, type PreparedOperation } from './prepared-operation.ts';
import { validateDocument } from './validate-document.ts';
import { createVariantStore, type VariantLimits } from './variant-store.ts';
import { withoutLocations } from './without-locations.ts';

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
  /** By the name that was asked for. */
  readonly operations: Map<string | undefined, PreparedOperation>;
}

/** How much is kept, of what is kept of all documents together. */
export interface KeptLimits extends VariantLimits {
  readonly documentBytes: number;
  /** Apart from the others, which a flood of nonsense must not drive out. */
  readonly refusalBytes: number;
}

const defaultKept: KeptLimits = { documentBytes: 128 * 1024 * 1024, refusalBytes: 8 * 1024 * 1024, maxCharacters: 16 * 1024 * 1024, maxFields: 250_000 };
const bytesOfRefusal = 1_000;

export function createPreparedDocuments(preparation: Preparation, limits: DocumentLimits, kept: KeptLimits = defaultKept): PreparedDocuments {
  const store = createVariantStore(kept);
  let preparedSoFar = 0;
  const documents = new LRUCache<string, Checked>({ maxSize: kept.documentBytes, sizeCalculation: ({ document }, text) => documentSize(text, document) });
  const refusals = new LRUCache<string, Refusal>({ maxSize: kept.refusalBytes, sizeCalculation: (_, { length }) => length + bytesOfRefusal });

  return {
    operation(text, operationName) {
      const { document, operations } = documents.get(text) ?? check(text);
      const known = operations.get(operationName) ?? prepared(document, operationName);
      operations.set(operationName, known);
      return known;
    },
  };

  function check(text: string): Checked {
    const refused = refusals.get(text);
    if (refused) throw refused;
    try {
      const checkedNow = { document: checked(text), operations: new Map<string | undefined, PreparedOperation>() };
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
    return withoutLocations(document);
  }

  function prepared(document: DocumentNode, operationName: string | undefined): PreparedOperation {
    const operation = readOperation(preparation.apiSchema, preparation.access, document, operationName);
    // Validation lets an operation of a kind that the schema does not have pass.
    if (operation && !preparation.apiSchema.getRootType(operation.node.operation)) throw refuse('OPERATION_RESOLUTION_FAILURE', `The graph has no ${operation.node.operation}s.`);
    if (operation) return prepareOperation(preparation, store, operation, preparedSoFar++);
    throw refuse('OPERATION_RESOLUTION_FAILURE', operationName === undefined ? 'The document has several operations; say which by operationName.' : `The document has no operation of the name "${operationName.slice(0, 100)}".`);
  }
}
