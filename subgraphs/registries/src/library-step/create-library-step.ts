import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { CreateLibraryStepInput } from '../generated/graphql.ts';
import { libraryStep } from './library-step.entity.ts';
import { createLibraryStepRules } from './library-step.rules.ts';
import { lockLibrary } from './lock-library.ts';
import { publishStep } from './publish-step.ts';
import { schemaColumns } from './schema-columns.ts';

export function createLibraryStep(input: CreateLibraryStepInput, context: RegistriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, inputSchema, outputSchema, ...data } = checkInput(createLibraryStepRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createLibraryStep', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        const at = await lockLibrary(tx, orgId);
        const made = await tx.libraryStep.create({ data: { ...data, ...schemaColumns(inputSchema, outputSchema), id: newId('LibraryStep'), orgId } });
        await publishStep(tx, orgId, made, made.definition, at);
        return made.id;
      }),
    );
    return { libraryStep: await reload(context, libraryStep, id) };
  });
}
