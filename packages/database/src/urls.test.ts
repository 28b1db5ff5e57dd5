import { isDatabaseUrl, urlOf, withoutPassword } from './urls.ts';

test.each([
  ['postgres://ada:s3cret@db.example:5432/forge', 'postgres://ada@db.example:5432/forge'],
  ['postgres://ada:p%40ss@db/forge?sslmode=require', 'postgres://ada@db/forge?sslmode=require'],
  ['postgres:///forge?host=/run/postgresql&user=ada&password=s3cret', 'postgres:///forge?host=%2Frun%2Fpostgresql&user=ada'],
  ['postgres://ada:s3cret@db:99999/forge', '(not a URL)'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown);
});

test.each([
  ['postgres://ada:s3cret@db.example:5432/forge', true],
  ['postgresql://db', true],
  ['postgres:///forge?host=/run/postgresql', true],
  ['mysql://db/forge', false],
  ['db.example:5432', false],
  ['postgres://ada:s3cret@db:99999/forge', false],
  ['postgres://ada:12#34@db/forge', false],
  ['postgres://ada:12/34@db/forge', false],
  ['postgres://ada:12?34@db/forge', false],
])('whether %s is a database URL: %s', (url, expected) => {
  expect(isDatabaseUrl(url)).toBe(expected);
});

const user = { name: 'forge_x', password: 'p/w' };

test.each([
  ['postgres://ada:s3cret@db:5432/forge?sslmode=require', 'postgres://forge_x:p%2Fw@db:5432/forge_x?sslmode=require'],
  ['postgres://db/forge?user=ada&password=s3cret', 'postgres://forge_x:p%2Fw@db/forge_x'],
  ['postgres:///forge?host=/run/postgresql', 'postgres:///forge_x?host=%2Frun%2Fpostgresql&user=forge_x&password=p%2Fw'],
])('%s, for another database and user, is %s', (url, expected) => {
  expect(urlOf(url, 'forge_x', user)).toBe(expected);
});
