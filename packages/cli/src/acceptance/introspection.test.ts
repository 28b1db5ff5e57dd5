import { buildClientSchema, getIntrospectionQuery, isEnumType, isInputObjectType, isInterfaceType, isObjectType, validateSchema, type GraphQLNamedType, type IntrospectionQuery } from 'graphql';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => (platform = await startTestPlatform(async () => undefined)));
afterAll(() => platform.close());

function partsOf(type: GraphQLNamedType): { name: string; description?: string | null | undefined }[] {
  if (isEnumType(type)) return [...type.getValues()];
  if (isInputObjectType(type)) return Object.values(type.getFields());
  if (isObjectType(type) || isInterfaceType(type)) return Object.values(type.getFields()).flatMap((field) => [field, ...field.args]);
  return [];
}

test('the whole graph can be read in the explorer, and everything in it is described', async () => {
  const schema = buildClientSchema(await platform.data<IntrospectionQuery>(getIntrospectionQuery()));
  expect(validateSchema(schema)).toEqual([]);
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__') && !['String', 'Int', 'Float', 'Boolean', 'ID', 'Query', 'Mutation'].includes(name));
  expect(types.length).toBeGreaterThan(700);
  const undescribed = types.flatMap((type) => [type, ...partsOf(type)].filter(({ description }) => !description || description.startsWith('(')).map((part) => `${type.name} ${part.name}`));
  expect(undescribed).toEqual([]);
});
