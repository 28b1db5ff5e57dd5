/** A GraphQL response that is one error. */
export function failure(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
