import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdateLibraryStepInput } from '../generated/graphql.ts';
import { libraryStep } from './library-step.entity.ts';
import { updateLibraryStepRules } from './library-step.rules.ts';
import { lockLibrary } from './lock-library.ts';
import { publishStep } from './publish-step.ts';
import { schemaColumns } from './schema-columns.ts';

export function updateLibraryStep(input: UpdateLibraryStepInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, inputSchema, outputSchema, ...data } = checkInput(updateLibraryStepRules, input);
    const { orgId } = context.principal;
    const where = { orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const found = await context.prisma.$transaction(async (tx) => {
      const at = await lockLibrary(tx, orgId);
      const before = await tx.libraryStep.findFirst({ where, select: { id: true, name: true } });
      const [changed] = await tx.libraryStep.updateManyAndReturn({ where, data: { ...data, ...schemaColumns(inputSchema, outputSchema), version: { increment: 1 } } });
      if (!before || !changed) return false;
      if (before.name !== changed.name) await publishStep(tx, orgId, before, null, at);
      await publishStep(tx, orgId, changed, changed.definition, at);
      return true;
    });
    if (!found) throw await updateMissed(context, libraryStep, id);
    return { libraryStep: await reload(context, libraryStep, id) };
  });
}
