import { hashSecretKey, newSecretKey } from '@forge/auth';
import type { Prisma } from '@forge/prisma-gateways';
import { answer, checkInput, fault, onceOnly, reload, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { RotateGatewayTokenInput } from '../generated/graphql.ts';
import { gateway } from './gateway.entity.ts';
import { olderToken, rotateGatewayTokenRules, type Tokens } from './gateway.rules.ts';

export function rotateGatewayToken(input: RotateGatewayTokenInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion, overlapSeconds, idempotencyKey: key } = checkInput(rotateGatewayTokenRules, input);
    const { orgId } = context.principal;
    const token = newSecretKey('forge_gt_');
    const tokenHash = hashSecretKey(token);
    // By the hash of what the call has made, a call that repeats it can be told.
    const made = await context.prisma.$transaction((tx) =>
      onceOnly(tx, { orgId, operation: 'rotateGatewayToken', key, input }, async () => {
        const row = await lockTokens(tx, orgId, id);
        if (!row || (expectedVersion && expectedVersion.getTime() !== row.updatedAt.getTime())) throw await updateMissed(context, gateway, id);
        const older = olderToken(row, overlapSeconds, context.now());
        if (!older) throw stillInUse(row);
        await tx.gateway.update({ where: { orgId_id: { orgId, id } }, data: { ...older, tokenHash, tokenUsedAt: null } });
        return tokenHash;
      }),
    );
    return { gateway: await reload(context, gateway, id), token: made === tokenHash ? token : null };
  });
}

/** As they stay until the transaction ends, whoever presents one meanwhile. */
async function lockTokens(tx: Prisma.TransactionClient, orgId: string, id: string): Promise<(Tokens & { readonly updatedAt: Date }) | undefined> {
  const [row] = await tx.$queryRaw<(Tokens & { readonly updatedAt: Date })[]>`
    SELECT "tokenHash", "tokenUsedAt", "previousTokenHash", "previousTokenExpiresAt", "updatedAt"
    FROM "gatewayRegistry" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR NO KEY UPDATE`;
  return row;
}

function stillInUse({ previousTokenExpiresAt }: Tokens) {
  const until = previousTokenExpiresAt?.toISOString();
  return fault('INVALID_TRANSITION', 'overlapSeconds', `overlapSeconds: the newest token and the one before it are both in use until ${until}; rotate then, or with 0 now, which stops both at once`);
}
