import { ExpressionError } from './expression-error.ts';
import { checkExpression, evaluate, evaluatorOf } from './expression.ts';
import type { JsonObject } from './json.ts';

const scope: JsonObject = {
  args: { limit: 10, name: 'Ada', tags: ['a', 'b'], nothing: null, half: 0.5 },
  assess: { rating: 4, exact: 4.5, grade: 'HIGH', open: true },
  items: [{ id: 1, price: 2.5 }, { id: 2, price: 4 }],
};

test.each([
  ['a whole number is above another', 'assess.rating > 3', true],
  ['a fraction is above a whole number', 'assess.exact > 4', true],
  ['a whole number is below a fraction', 'assess.rating < 4.5', true],
  ['numbers are equal whichever way they are written', 'assess.rating == 4 && assess.rating == 4.0 && 4 == 4.0 && 4.0 == 4 && 4 != 4.5', true],
  ['numbers of lists too', '4 in [1, 4.0] && assess.rating in [3, 4]', true],
  ['a size is a number', 'size(items) == assess.rating / 2', true],
  ['numbers add up', 'args.limit + 1 - args.half * 2', 10],
  ['a division of what JSON gave keeps its fraction', 'args.limit / 4', 2.5],
  ['remainders', 'args.limit % 4', 2],
  ['a text is another', 'assess.grade == "HIGH"', true],
  ['a text is no number, and that is no fault', 'assess.grade == 4', false],
  ['null is asked for', 'args.nothing == null', true],
  ['a field that is there', 'has(args.name)', true],
  ['a field that is not', 'has(args.surname)', false],
  ['a field of nothing', 'has(args.nothing.name)', false],
  ['a default for a field that is not', 'args.?surname.orValue("none")', 'none'],
  ['what is not there does not matter behind an or', 'has(args.surname) && args.surname == "x" || true', true],
  ['one or the other', 'assess.open ? args.name : "closed"', 'Ada'],
  ['a list by its place', 'items[0].price', 2.5],
  ['the length of a list', 'items.length > 1', true],
  ['the length of a text', 'args.name.length', 3],
  ['the length of what was filtered', 'items.filter(item, item.price > 3).length', 1],
  ['the size of a list', 'size(args.tags)', 2],
  ['a list made of a list', 'items.map(item, item.price * 2)', [5, 8]],
  ['any of a list', 'items.exists(item, item.id == 2)', true],
  ['all of a list', 'items.all(item, item.price < 4)', false],
  ['a value with a name', 'cel.bind(first, items[0], first.id + first.price)', 3.5],
  ['objects are equal by what they hold', 'items[0] == {"price": 2.5, "id": 1}', true],
  ['an object', '{"who": args.name, "all": [assess.rating, null, "x"]}', { who: 'Ada', all: [4, null, 'x'] }],
  ['texts are put together', 'args.name + "!" + string(args.limit)', 'Ada!10'],
  ['a whole object', 'args', scope['args']],
  ['a time', 'timestamp("2026-01-02T03:04:05Z")', '2026-01-02T03:04:05.000Z'],
  ['a part of a time', 'timestamp("2026-01-02T03:04:05Z").getHours()', 3],
])('%s', (_, expression, value) => {
  expect(evaluate(expression, scope)).toEqual(value);
  expect(checkExpression(expression).fault).toBeNull();
});

test.each([
  ['a name that is not there', 'nobody.name', 'there is no nobody'],
  ['a field that is not there', 'args.surname.first', 'there is no surname'],
  ['a place that is not there', 'items[2]', 'index out of bounds'],
  ['a length of a number', 'args.limit.length', 'there is no length'],
  ['a number above a text', 'args.limit > args.name', 'number > text cannot be worked out'],
  ['a number and a text', 'args.limit + args.name', 'number + text cannot be worked out'],
  ['a number for a truth', 'args.limit && true', '&& and || go between what is true or false, not number'],
  ['nothing above a number', 'args.nothing > 1', 'null > number cannot be worked out'],
  ['a division by nothing', '1 / 0', 'division by zero'],
  ['a number without end', 'args.limit / 0', 'JSON cannot hold'],
  ['a number too large to be kept', '9223372036854775807', 'JSON cannot hold'],
  ['bytes', 'b"abc"', 'JSON cannot hold'],
  ['a type', 'type(1)', 'JSON cannot hold'],
])('%s has no value', (_, expression, message) => {
  expect(() => evaluate(expression, scope)).toThrow(ExpressionError);
  expect(() => evaluate(expression, scope)).toThrow(message);
});

test.each([
  ['', 0, 'the end is not expected here'],
  ['1 +', 3, 'the end is not expected here'],
  ['a >> 3', 3, '> is not expected here'],
  ['a ? b', 5, ': is expected here, not the end'],
  ['"open', 0, 'Unterminated string'],
  ['__proto__', 0, 'the language keeps __proto__ for itself'],
  ['x.shout()', 0, 'there is no function shout'],
  ['1 + "a"', 0, 'number + text cannot be worked out'],
  ['t.getHours("Europe/Berlin")', 0, 'getHours tells UTC and takes nothing'],
  [`${'('.repeat(60)}1${')'.repeat(60)}`, 50, 'is too long, or nested too deep'],
  ['a'.repeat(2_001), 2_000, 'is longer than 2,000 characters'],
])('%s is refused with the place of the fault', (expression, position, message) => {
  expect(checkExpression(expression).fault).toMatchObject({ position, message: expect.stringContaining(message) });
  expect(() => evaluate(expression, {})).toThrow(message);
});

test.each([
  ['args.x + y.z', ['args', 'y']],
  ['a[b].c(d)', undefined],
  ['xs.map(x, x.f + y)', ['xs', 'y']],
  ['xs.map(x, x > z, x)', ['xs', 'z']],
  ['x.exists(x, x.y)', ['x']],
  ['xs.all(x, x.ys.exists(y, y == x && w))', ['xs', 'w']],
  ['cel.bind(x, x.y, x + z)', ['cel', 'x', 'z']],
  ['has(a.b) ? [c, {"d": e}] : [f]', ['a', 'c', 'e', 'f']],
])('%s takes %j from around it', (expression, names) => {
  const checked = checkExpression(expression);
  expect(checked.fault === null ? checked.roots.map(({ name }) => name) : undefined).toEqual(names);
});

test.each(['constructor', 'toString', '__proto__', 'args.constructor', 'args.__proto__', 'args["constructor"]', 'args.name.constructor', 'items.constructor', 'items["length"]', 'cel.constructor', 'google.constructor'])(
  '%s leads nowhere', (expression) => expect(() => evaluate(expression, scope)).toThrow(ExpressionError),
);

test('fields with the names of prototypes are fields like any other', () => {
  const odd = JSON.parse('{"a": {"constructor": {"name": 1}, "__proto__": 2, "prototype": 3}}') as JsonObject;
  expect(evaluate('[a.constructor.name, a.__proto__, a["prototype"]]', odd)).toEqual([1, 2, 3]);
  expect(JSON.stringify(evaluate('a', odd))).toBe(JSON.stringify(odd['a']));
  expect(({} as Record<string, unknown>)['name']).toBeUndefined();
});

// Each would go on for hours, or fill the memory.
const numbers = Array.from({ length: 100_000 }, (_, i) => i);
const text = 'x'.repeat(900_000);
test.each([
  ['lists within lists', 'numbers.map(x, numbers.map(y, numbers.map(z, z)))'],
  ['lists within lists that are empty', 'numbers.map(x, numbers.map(y, []))'],
  ['looking for each in all', 'numbers.filter(x, x in numbers)'],
  ['a fault for each', 'numbers.exists(x, x.nothing == 1)'],
  ['a list of lists', 'numbers.map(x, numbers)'],
  ['doubling', 'cel.bind(a, numbers + numbers, cel.bind(b, a + a, cel.bind(c, b + b, cel.bind(d, c + c, d + d))))'],
  ['doubling a text', 'cel.bind(a, text + text, cel.bind(b, a + a, cel.bind(c, b + b, c + c)))'],
  ['a text taken apart again and again', 'numbers.map(x, text.split(""))'],
  ['comparing again and again', 'numbers.filter(x, [numbers] == [numbers])'],
])('%s is too much work, and given up', (_, expression) => {
  expect(() => evaluate(expression, { numbers, text })).toThrow(/is too much work|gives more than 1 MB/);
});

test('as much work as people need is done', () => {
  const orders = Array.from({ length: 10_000 }, (_, id) => ({ id, severity: 'LOW', amount: id / 10, note: 'as ordered' }));
  const few = numbers.slice(0, 500);
  expect(evaluate('orders.exists(order, order.severity == "HIGH" || order.amount > 999.8)', { orders })).toBe(true);
  expect(evaluate('few.filter(x, x in others).length', { few, others: few.map((n) => n * 2) })).toBe(250);
});

test('the expressions of one step share what work they may be', () => {
  const evaluateNext = evaluatorOf({ numbers });
  expect(() => {
    for (let i = 0; i < 100; i++) evaluateNext('numbers.exists(x, x == 19999)');
  }).toThrow('is too much work');
});

test('a result is at most 1 MB', () => {
  expect(evaluate('text', { text: 'x'.repeat(999_990) }) === 'x'.repeat(999_990)).toBe(true);
  expect(() => evaluate('text', { text: 'x'.repeat(1_000_000) })).toThrow('gives more than 1 MB');
  expect(() => evaluate('[text, text]', { text })).toThrow('gives more than 1 MB');
});

test('a value that is nested without end is not looked at', () => {
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  expect(() => evaluate('deep', { deep })).toThrow('nested too deep');
  expect(evaluate('other', { deep, other: 1 })).toBe(1);
});
