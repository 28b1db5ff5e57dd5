import { answer, checkInput, fault, isIdOf, reload, type UserFaults } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { AcknowledgeBudgetAlertInput } from '../generated/graphql.ts';
import { budgetAlert, type BudgetAlertRow } from './budget-alert.entity.ts';
import { acknowledgeBudgetAlertRules } from './budget-alert.rules.ts';

export function acknowledgeBudgetAlert(input: AcknowledgeBudgetAlertInput, context: BudgetContext) {
  return answer(async () => {
    const { id } = checkInput(acknowledgeBudgetAlertRules, input);
    const { orgId, subject } = context.principal;
    if (!isIdOf('Worker', subject)) throw fault('FORBIDDEN', '', 'input: only a worker takes notice of an alert');
    const data = { status: 'ACKNOWLEDGED', acknowledgedById: subject, acknowledgedAt: context.now() } as const;
    const { count } = await context.prisma.budgetAlert.updateMany({ where: { orgId, id, status: 'OPEN' }, data });
    const alert = await reload(context, budgetAlert, id);
    const missed = count === 0 && whyMissed(alert, subject);
    if (missed) throw missed;
    return { budgetAlert: alert };
  });
}

function whyMissed(alert: BudgetAlertRow | null, subject: string): UserFaults | null {
  if (!alert) return fault('NOT_FOUND', 'id', 'id: leads to no BudgetAlert');
  const { status, acknowledgedById, acknowledgedAt } = alert;
  if (status === 'ACKNOWLEDGED' && acknowledgedById === subject) return null;
  if (status === 'ACKNOWLEDGED') return fault('INVALID_TRANSITION', 'id', `id: was acknowledged by ${acknowledgedById ?? ''} at ${acknowledgedAt?.toISOString() ?? ''}`);
  return fault('INVALID_TRANSITION', 'id', 'id: the alert is settled already');
}
