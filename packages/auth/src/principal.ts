/** Who is asking, as far as it has been proved. */
export interface Principal {
  /** The organisation whose rows, and no others, this principal can see and change. */
  readonly orgId: string;
  /** The id of the worker, key or gateway. */
  readonly subject: string;
  readonly kind: 'user' | 'apiKey' | 'gateway' | 'system';
  readonly scopes: readonly string[];
}

export const demoOrgId = 'org_01jd0000000000000000000001';

/** The demo organisation's administrator: who a request without credentials is under FORGE_AUTH=dev. */
export const demoPrincipal: Principal = {
  orgId: demoOrgId,
  subject: 'wrk_01jd0000000000000000000001',
  kind: 'user',
  scopes: ['admin'],
};
