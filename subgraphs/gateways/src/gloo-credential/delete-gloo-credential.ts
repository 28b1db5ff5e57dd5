import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { DeleteGlooCredentialInput } from '../generated/graphql.ts';
import { glooCredential } from './gloo-credential.entity.ts';
import { deleteGlooCredentialRules } from './gloo-credential.rules.ts';

export function deleteGlooCredential(input: DeleteGlooCredentialInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteGlooCredentialRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.glooCredential.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, glooCredential, id);
    return { deletedId: id };
  });
}
