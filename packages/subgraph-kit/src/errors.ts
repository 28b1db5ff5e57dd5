import { GraphQLError } from 'graphql';

/** A BAD_USER_INPUT error that names the argument (a dotted path) and the fault. */
export function invalid(argument: string, fault: string): GraphQLError {
  return new GraphQLError(`${argument}: ${fault}`, { extensions: { code: 'BAD_USER_INPUT', argument } });
}
