import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { CreateGlooCredentialInput } from '../generated/graphql.ts';
import { keyringFor } from '../secrets/keyring.ts';
import { fingerprint, seal } from '../secrets/seal.ts';
import { glooCredential } from './gloo-credential.entity.ts';
import { createGlooCredentialRules } from './gloo-credential.rules.ts';

export function createGlooCredential(input: CreateGlooCredentialInput, context: GatewaysContext) {
  return answer(async () => {
    const { idempotencyKey: key, clientSecret, accessToken, ...data } = checkInput(createGlooCredentialRules, input);
    const keyring = keyringFor(context);
    const { orgId } = context.principal;
    // What is remembered of a call must not help anybody to guess its secrets.
    const remembered = { ...input, clientSecret: fingerprint(keyring, clientSecret), accessToken: accessToken && fingerprint(keyring, accessToken) };
    const call = { orgId, operation: 'createGlooCredential', key, input: remembered };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        const place = { orgId, id: newId('GlooCredential') };
        const secrets = {
          clientSecret: seal(keyring, clientSecret, { ...place, column: 'clientSecret' }),
          accessToken: accessToken && seal(keyring, accessToken, { ...place, column: 'accessToken' }),
        };
        return (await tx.glooCredential.create({ data: { ...data, ...secrets, ...place } })).id;
      }),
    );
    return { glooCredential: await reload(context, glooCredential, id) };
  });
}
