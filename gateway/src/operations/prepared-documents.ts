import { GraphQLError, specifiedRules, validate, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Refusal, refuse } from '../errors/refusal.ts';
import { withCode } from '../errors/with-code.ts';
import { checkShape } from '../limits/check-shape.ts';
import { parseDocument, type ParseLimits } from '../limits/parse-document.ts';
import type { ShapeLimits } from '../limits/shape-limits.ts';
import { readOperation } from './operation.ts';
import { prepareOperation, type Preparation, type PreparedOperation } from './prepared-operation.ts';

/** The documents that have been asked for lately, each parsed, checked and validated once. */
export interface PreparedDocuments {
  /** The operation of a document that is meant; throws a Refusal that says what is wrong with the document, or that it cannot be told. */
  operation(text: string, operationName: string | undefined): PreparedOperation;
}

export interface DocumentLimits extends ParseLimits {
  readonly shape: ShapeLimits;
}

type Outcome = { readonly document: DocumentNode; readonly operations: Map<string, PreparedOperation> } | { readonly refusal: Refusal };

// Of UTF-16 code units; what is made of a document takes some twenty times as much memory.
const maxKept = 8 * 1024 * 1024;
// A page of faults is enough; each costs time.
const maxFaults = 20;

export function createPreparedDocuments(preparation: Preparation, limits: DocumentLimits): PreparedDocuments {
  const outcomes = new LRUCache<string, Outcome>({ maxSize: maxKept, sizeCalculation: (_, { length }) => length });

  return {
    operation(text, operationName) {
      const outcome = outcomes.get(text) ?? outcomeOf(text);
      outcomes.set(text, outcome);
      if ('refusal' in outcome) throw outcome.refusal;
      const key = operationName ?? '';
      const known = outcome.operations.get(key) ?? prepared(outcome.document, operationName);
      outcome.operations.set(key, known);
      return known;
    },
  };

  function outcomeOf(text: string): Outcome {
    try {
      return { document: checked(text), operations: new Map() };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error };
      if (error instanceof GraphQLError) return { refusal: new Refusal([withCode(error, 'GRAPHQL_PARSE_FAILED')]) };
      throw error;
    }
  }

  function checked(text: string): DocumentNode {
    const document = parseDocument(text, limits);
    const excesses = checkShape(document, limits.shape);
    if (excesses.length > 0) throw new Refusal(excesses.map((excess) => withCode(excess, 'OPERATION_TOO_LARGE')));
    const faults = validate(preparation.apiSchema, document, specifiedRules, { maxErrors: maxFaults });
    if (faults.length > 0) throw new Refusal(faults.map((fault) => withCode(fault, 'GRAPHQL_VALIDATION_FAILED')));
    return document;
  }

  function prepared(document: DocumentNode, operationName: string | undefined): PreparedOperation {
    const operation = readOperation(preparation.apiSchema, preparation.access, document, operationName);
    if (operation) return prepareOperation(preparation, operation);
    throw refuse('OPERATION_RESOLUTION_FAILURE', operationName === undefined ? 'The document has several operations; say which by operationName.' : `The document has no operation of the name "${operationName.slice(0, 100)}".`);
  }
}
