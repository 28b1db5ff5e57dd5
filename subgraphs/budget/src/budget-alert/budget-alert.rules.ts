import { idOf } from '@forge/subgraph-kit';
import { z } from 'zod';

export const acknowledgeBudgetAlertRules = z.object({ id: idOf('BudgetAlert') });
