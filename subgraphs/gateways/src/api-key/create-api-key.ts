import { hashSecretKey, newSecretKey } from '@forge/auth';
import type { Prisma } from '@forge/prisma-gateways';
import { answer, checkInput, fault, isIdOf, newId, onceOnly, reload, UserFaults } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { CreateApiKeyInput } from '../generated/graphql.ts';
import { apiKey } from './api-key.entity.ts';
import { createApiKeyRules, faultsOfKey, parentIsOver } from './api-key.rules.ts';

/** As many characters of a key as are kept to recognise it by: 7 of the 43 that are random. */
const prefixLength = 16;

export function createApiKey(input: CreateApiKeyInput, context: GatewaysContext) {
  return answer(async () => {
    const { principal, prisma } = context;
    const { orgId, subject, kind } = principal;
    const now = context.now();
    const { idempotencyKey: repeated, ...wanted } = checkInput(createApiKeyRules(now), input);
    // What a key makes goes with it, unless it says with which other one.
    const parentKeyId = wanted.parentKeyId ?? (kind === 'apiKey' ? subject : null);
    const createdById = isIdOf('Worker', subject) ? subject : null;
    const [newest, key] = [newId('ApiKey'), newSecretKey('forge_sk_')];
    const id = await prisma.$transaction((tx) =>
      onceOnly(tx, { orgId, operation: 'createApiKey', key: repeated, input }, async () => {
        const parent = parentKeyId === null ? null : await findParent(tx, orgId, parentKeyId);
        const faults = faultsOfKey(wanted, principal.scopes, parent, now);
        if (faults.length > 0) throw new UserFaults(...faults);
        const expiresAt = wanted.expiresAt ?? parent?.expiresAt ?? null;
        const secrets = { keyPrefix: key.slice(0, prefixLength), keyHash: hashSecretKey(key) };
        await tx.apiKey.create({ data: { ...wanted, ...secrets, id: newest, orgId, parentKeyId, createdById, expiresAt } });
        return newest;
      }),
    );
    return { apiKey: await reload(context, apiKey, id), key: id === newest ? key : null };
    // Which it has become since it was read above.
  }, { apiKeys_parent_is_active: new UserFaults(parentIsOver) });
}

async function findParent(tx: Prisma.TransactionClient, orgId: string, id: string) {
  const parent = await tx.apiKey.findUnique({ where: { orgId_id: { orgId, id } }, select: { status: true, scopes: true, expiresAt: true } });
  if (!parent) throw fault('NOT_FOUND', 'parentKeyId', 'parentKeyId: leads to no ApiKey');
  return parent;
}
