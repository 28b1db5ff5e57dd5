/** It cannot be believed who is asking: HTTP 401. The message is for whoever asks. */
export class UnauthenticatedError extends Error {
  override readonly name = 'UnauthenticatedError';
  /** `extensions.code` of the GraphQL error. */
  readonly code = 'UNAUTHENTICATED';
  readonly statusCode = 401;
  /** The `WWW-Authenticate` header that goes with the status (RFC 9110, section 11.6.1; RFC 6750, section 3). */
  readonly challenge = 'Bearer';
}

/** It cannot be told at the moment who is asking: HTTP 503. The message is for whoever asks, `cause` is for the log. */
export class AuthenticationUnavailableError extends Error {
  override readonly name = 'AuthenticationUnavailableError';
  /** `extensions.code` of the GraphQL error. */
  readonly code = 'AUTHENTICATION_UNAVAILABLE';
  readonly statusCode = 503;
  /** The `Retry-After` header (RFC 9110, section 10.2.3). */
  readonly retryAfterSeconds = 1;
}
