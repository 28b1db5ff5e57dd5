import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { UpdateGlooCredentialInput } from '../generated/graphql.ts';
import { glooCredential } from './gloo-credential.entity.ts';
import { updateGlooCredentialRules } from './gloo-credential.rules.ts';

export function updateGlooCredential(input: UpdateGlooCredentialInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateGlooCredentialRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.glooCredential.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, glooCredential, id);
    return { glooCredential: await reload(context, glooCredential, id) };
  });
}
