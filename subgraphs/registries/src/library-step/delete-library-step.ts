import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeleteLibraryStepInput } from '../generated/graphql.ts';
import { libraryStep } from './library-step.entity.ts';
import { deleteLibraryStepRules } from './library-step.rules.ts';
import { lockLibrary } from './lock-library.ts';
import { publishStep } from './publish-step.ts';

export function deleteLibraryStep(input: DeleteLibraryStepInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteLibraryStepRules, input);
    const { orgId } = context.principal;
    const where = { orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const found = await context.prisma.$transaction(async (tx) => {
      const at = await lockLibrary(tx, orgId);
      const before = await tx.libraryStep.findFirst({ where, select: { id: true, name: true } });
      const { count } = await tx.libraryStep.deleteMany({ where });
      if (!before || count === 0) return false;
      await publishStep(tx, orgId, before, null, at);
      return true;
    });
    if (!found) throw await updateMissed(context, libraryStep, id);
    return { deletedId: id };
  });
}
