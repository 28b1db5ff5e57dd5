import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdateLibraryStepInput } from '../generated/graphql.ts';
import { libraryStep } from './library-step.entity.ts';
import { updateLibraryStepRules } from './library-step.rules.ts';
import { schemaColumns } from './schema-columns.ts';

export function updateLibraryStep(input: UpdateLibraryStepInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, inputSchema, outputSchema, ...data } = checkInput(updateLibraryStepRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.libraryStep.updateMany({ where, data: { ...data, ...schemaColumns(inputSchema, outputSchema), version: { increment: 1 } } });
    if (count === 0) throw await updateMissed(context, libraryStep, id);
    return { libraryStep: await reload(context, libraryStep, id) };
  });
}
