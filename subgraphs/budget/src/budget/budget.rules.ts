import { decimal, idempotencyKey, idOf, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { scopeFault } from './scope.ts';

const name = text(1, 200);
const amountCents = decimal(10);
const threshold = z.int().min(1, 'must be from 1 to 1000').max(1_000, 'must be from 1 to 1000');
const alertThresholds = setOf(threshold, 10);
const ownerId = idOf('Worker').nullable();

export const createBudgetRules = z
  .object({
    name,
    scopeType: z.enum(['GLOBAL', 'GATEWAY', 'AGENT', 'WORKFLOW', 'FACTORY', 'TEAM']),
    scopeId: z.string().nullable().default(null),
    period: z.enum(['DAILY', 'WEEKLY', 'MONTHLY']),
    amountCents,
    alertThresholds,
    hardLimit: z.boolean(),
    enabled: z.boolean(),
    ownerId: ownerId.default(null),
    idempotencyKey,
  })
  .superRefine(({ scopeType, scopeId }, issues) => {
    const message = scopeFault(scopeType, scopeId);
    if (message) issues.addIssue({ code: 'custom', path: ['scopeId'], message });
  });

export const updateBudgetRules = z.object({
  ...versionedId('Budget'),
  ...optional({ name, amountCents, alertThresholds, hardLimit: z.boolean(), enabled: z.boolean(), ownerId }),
});

export const adjustBudgetRules = z.object({
  budgetId: idOf('Budget'),
  type: z.enum(['DEBIT', 'CREDIT']),
  amountCents,
  note: text(1, 500),
  // It stands in the ledger with a word before it.
  idempotencyKey: text(1, 150).nullish(),
});

export const deleteBudgetRules = z.object(versionedId('Budget'));
