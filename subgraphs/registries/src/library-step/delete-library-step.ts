import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeleteLibraryStepInput } from '../generated/graphql.ts';
import { libraryStep } from './library-step.entity.ts';
import { deleteLibraryStepRules } from './library-step.rules.ts';

export function deleteLibraryStep(input: DeleteLibraryStepInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteLibraryStepRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.libraryStep.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, libraryStep, id);
    return { deletedId: id };
  });
}
