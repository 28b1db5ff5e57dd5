import { describeRequirement, grantedBy, implies, mayDo, scopes } from './scopes.ts';

test.each([
  [['workflow:read'], [['workflow:read']], true],
  [['workflow:write'], [['workflow:read']], true],
  [['workflow:read'], [['workflow:write']], false],
  [['workflow:write'], [['workflow:execute']], false],
  [['workflow:write'], [['agents:read']], false],
  [['workflow:execute'], [['workflow:read']], true],
  [['workflow:execute'], [['workflow:write']], false],
  [['governance:approve'], [['workflow:read']], true],
  [['governance:approve'], [['governance:read']], true],
  [['governance:approve'], [['governance:audit']], false],
  [['governance:audit'], [['governance:read']], true],
  [['governance:audit'], [['workflow:read']], false],
  [['governance:write'], [['governance:audit']], false],
  [['gateways:keys'], [['gateways:read']], true],
  [['gateways:write'], [['gateways:keys']], false],
  [['budget:spend'], [['budget:read']], true],
  [['gateways:runtime'], [['gateways:read']], false],
  [['gateways:runtime'], [['analytics:write'], ['gateways:runtime']], true],
  [['analytics:write'], [['analytics:write'], ['gateways:runtime']], true],
  [['chat:read'], [['chat:read', 'workforce:read']], false],
  [['chat:read', 'workforce:write'], [['chat:read', 'workforce:read']], true],
  [['admin'], [['chat:read', 'gateways:runtime']], true],
  [['admin'], [['system']], false],
  [['system'], [['system']], true],
  [['system'], [['workflow:read']], false],
  [['openid', 'toString'], [['workflow:read']], false],
  [[], [['workflow:read']], false],
  [[], [[]], true],
  [['admin'], [], false],
])('whoever has %j may do what needs %j: %s', (given, requirement, expected) => expect(mayDo(given, requirement)).toBe(expected));

test('an administrator has every scope there is to give', () => {
  expect(grantedBy(['admin'])).toEqual(new Set(scopes));
  expect(scopes).toHaveLength(28);
});

test('what comes with a scope brings all that comes with it in turn', () => {
  const incomplete = scopes.filter((scope) => [...grantedBy([scope])].some((other) => [...grantedBy([other])].some((third) => !grantedBy([scope]).has(third))));
  expect(incomplete).toEqual([]);
});

test.each([
  [[['workflow:read']], 'This needs the scope workflow:read.'],
  [[['analytics:write'], ['gateways:runtime']], 'This needs the scope analytics:write or gateways:runtime.'],
  [[['chat:read', 'workforce:read']], 'This needs the scopes chat:read and workforce:read.'],
  [[['chat:read', 'workforce:read'], ['system']], 'This needs the scopes chat:read and workforce:read, or system.'],
])('%j is told as "%s"', (requirement, message) => expect(describeRequirement(requirement)).toBe(message));

test.each([
  [[['workflow:execute']], [['workflow:read'], ['gateways:runtime']], true],
  [[['workflow:execute'], ['gateways:runtime']], [['workflow:read']], false],
  [[['chat:read', 'budget:read']], [['budget:read']], true],
  [[['budget:read']], [['chat:read', 'budget:read']], false],
])('whoever meets %j meets %j: %s', (given, wanted, expected) => expect(implies(given, wanted)).toBe(expected));
