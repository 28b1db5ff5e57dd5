import { AuthenticationUnavailableError, UnauthenticatedError } from '@forge/auth';
import { PlanningError } from '../planning/planning-error.ts';
import { Refusal, refuse } from './refusal.ts';

/** What to tell a client of an error that ended its request; undefined for a surprise. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof UnauthenticatedError) return refuse(error.code, error.message, { status: error.statusCode, headers: { 'www-authenticate': error.challenge } });
  if (error instanceof AuthenticationUnavailableError) return refuse(error.code, error.message, { status: error.statusCode, headers: { 'retry-after': String(error.retryAfterSeconds) } });
  if (error instanceof PlanningError) return ofPlanning(error);
  if (error instanceof DOMException && error.name === 'TimeoutError') return refuse('TIMEOUT', error.message, { status: 504 });
  return undefined;
}

function ofPlanning({ fault, message }: PlanningError): Refusal {
  switch (fault) {
    case 'busy': case 'closed': case 'lost': return refuse('OVERLOADED', message, { status: 503, headers: { 'retry-after': '1' } });
    case 'impossible': case 'too-complex': case 'too-slow': return refuse('OPERATION_NOT_PLANNED', message);
  }
}
