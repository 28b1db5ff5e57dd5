import { GraphQLError, OverlappingFieldsCanBeMergedRule, specifiedRules, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { operationTooLarge } from '../limits/limit-error.ts';

// A page of faults is enough; each costs time: for an unknown type, what it is like is looked for among all there are.
const options = { maxErrors: 10 };

const linearRules = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule);

/**
 * What is wrong with a document, by the schema. Whether its fields can be merged is looked at when nothing else is: it compares pairs,
 * of fields and of fragments, so it is the one rule that takes longer than to read the document.
 */
export function validateDocument(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  const faults = validate(schema, document, linearRules, options);
  return faults.length > 0 ? faults : validate(schema, document, [OverlappingFieldsCanBeMergedRule], options).map(explained);
}

/** The rule gives up after so many comparisons, without a word of the reason. */
function explained(fault: GraphQLError): GraphQLError {
  if (fault.message !== 'Validation aborted.') return fault;
  return new GraphQLError('The document asks for the same fields in too many places to compare them all.', { extensions: { code: operationTooLarge } });
}
