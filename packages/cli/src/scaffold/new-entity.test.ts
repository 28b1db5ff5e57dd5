import { readModel } from './model.ts';
import { newEntities } from './new-entity.ts';
import { newSubgraph } from './new-subgraph.ts';
import { makeTestProject, type TestProject } from './test-project.ts';

let project: TestProject;
beforeEach(() => {
  project = makeTestProject();
  newSubgraph(project.projectDir, 'shop');
});
afterEach(() => project.remove());

const make = (domain: string, ...names: string[]) => newEntities(project.projectDir, readModel(project.projectDir), domain, names);

test('an entity that is there already is refused, and so are the others of the call', () => {
  make('shop', 'Order', 'Item');
  const before = project.files();
  expect(() => make('shop', 'Shop', 'Order')).toThrow(/Order is there already/);
  expect(project.files()).toEqual(before);
});

test('what a person has written stays when edges come; their order is the one the edges are indexed for', () => {
  make('shop', 'Order', 'Item');
  const [contract, entity] = ['subgraphs/shop/src/order/order.graphql', 'subgraphs/shop/src/item/item.entity.ts'];
  project.write(contract, project.read(contract).replace('"(describe) total cents"', '"What it comes to."'));
  project.write(entity, project.read(entity).replace('\n});', "\n  newest: 'name',\n});"));
  const changed = make('shop', 'Shop').filter((path) => path.endsWith('.graphql')).map((path) => path.split('/').at(-1));
  expect(changed).toEqual(['shop.graphql', 'order.graphql', 'item.graphql']);
  expect(project.read(contract)).toContain('"What it comes to."\n  totalCents: Decimal!');
  expect(project.read('prisma/shop/models/Item.prisma')).toContain('@@index([orgId, shopId, name, id])');
});

test('a name that is given twice is made once', () => {
  make('shop', 'Shop', 'Shop');
  expect(project.read('subgraphs/shop/src/resolvers.ts').match(/shopResolvers,/g)).toHaveLength(1);
});

test.each([
  ['shop', 'Odrer', 'docs/model.yaml has no type Odrer; write it there first'],
  ['shop', 'Person', 'docs/model.yaml has Person in the domain people, not in shop'],
  ['people', 'Person', 'There is no domain people yet; make it with: pnpm forge new subgraph people'],
])('forge new entity %s %s is refused, and nothing is written', (domain, name, message) => {
  const before = project.files();
  expect(() => make(domain, name)).toThrow(expect.objectContaining({ name: 'OperatorError', message }));
  expect(project.files()).toEqual(before);
});
