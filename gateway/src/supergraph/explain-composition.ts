import { errorCodeDef } from '@apollo/federation-internals';
import type { GraphQLError } from 'graphql';
import { compositionAdvice } from './composition-advice.ts';

/** A composition error for people: where it is, what it is, what to do about it. */
export function explainCompositionError(error: GraphQLError, subgraphs: readonly string[]): string {
  const code = typeof error.extensions['code'] === 'string' ? error.extensions['code'] : 'UNKNOWN';
  const where = [
    `${affected(error, subgraphs).join(', ') || 'all subgraphs'}:`,
    ...coordinate(error.message),
    `(${code})`,
  ];
  const advice = compositionAdvice[code] ?? `${errorCodeDef(error)?.description ?? 'The schemas contradict each other.'} Compare the definitions in the subgraphs named.`;
  return [where.join(' '), ...error.message.split('\n').map((line) => `  ${line}`), `  What to do: ${advice}`].join('\n');
}

/** The subgraphs that the error's message or its places in the schemas name. */
function affected({ message, nodes }: GraphQLError, subgraphs: readonly string[]): string[] {
  const fromNodes = (nodes ?? []).map((node) => ('subgraph' in node ? String(node.subgraph) : ''));
  return subgraphs.filter((name) => fromNodes.includes(name) || message.includes(`"${name}"`) || message.includes(`[${name}]`));
}

/** The type, and where there is one the field and its argument, that the message is about: `Agent.name(locale:)`. */
function coordinate(message: string): string[] {
  const field = /"([A-Za-z_]\w*\.\w+(?:\(\w+:\))?)"/.exec(message) ?? /\btype "?([A-Z]\w*)/i.exec(message) ?? /"(@?[A-Z]\w*)"/.exec(message);
  return field?.[1] ? [field[1]] : [];
}
