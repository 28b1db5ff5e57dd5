import { demoOrgId } from '@forge/auth';
import { actsFor } from './acts-for.ts';

const [own, other] = ['gw_01h455vb4pex5vsknk084sn02q', 'gw_01h455vb4pex5vsknk084sn02r'];

test.each([
  ['a gateway', own, 'gateway', ['gateways:runtime'], true],
  ['a gateway', other, 'gateway', ['gateways:runtime'], false],
  ['a gateway', null, 'gateway', ['gateways:runtime'], false],
  ['a key that bears its name', own, 'apiKey', ['gateways:runtime'], false],
  ['somebody who executes workflows', other, 'apiKey', ['workflow:execute'], true],
  ['an administrator', null, 'user', ['admin'], true],
] as const)('%s acts for %s as %s with %j: %s', (_, gatewayId, kind, scopes, expected) =>
  expect(actsFor({ orgId: demoOrgId, subject: own, kind, scopes }, gatewayId, 'workflow:execute')).toBe(expected));
