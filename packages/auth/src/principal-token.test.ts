import { SignJWT, importPKCS8 } from 'jose';
import { createPrincipalSigner, createPrincipalVerifier, generateKeyPair } from './principal-token.ts';
import { demoPrincipal } from './principal.ts';

test('a subgraph learns from the token who is asking', async () => {
  const { privateKey, publicKey } = await generateKeyPair();
  const sign = await createPrincipalSigner(privateKey);
  const verify = await createPrincipalVerifier(publicKey);
  expect(await verify(await sign(demoPrincipal, 'chat'), 'chat')).toEqual(demoPrincipal);
});

test('a token for one subgraph, by another key, or past its minute is refused', async () => {
  const [ours, theirs] = [await generateKeyPair(), await generateKeyPair()];
  const verify = await createPrincipalVerifier(ours.publicKey);
  const old = new SignJWT({ orgId: 'org', kind: 'user', scopes: [] }).setProtectedHeader({ alg: 'EdDSA' }).setIssuer('forge-gateway')
    .setSubject('wrk').setAudience('chat').setIssuedAt(Date.now() / 1000 - 90).setExpirationTime('1h');
  const tokens = [
    (await createPrincipalSigner(ours.privateKey))(demoPrincipal, 'budget'),
    (await createPrincipalSigner(theirs.privateKey))(demoPrincipal, 'chat'),
    old.sign(await importPKCS8(ours.privateKey, 'EdDSA')),
    'rubbish',
  ];
  for (const token of tokens) await expect(verify(await token, 'chat')).rejects.toThrow('not a token of the gateway');
});
