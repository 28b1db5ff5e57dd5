const described = {
  types: true,
  DirectiveDefinition: true,
  EnumValueDefinition: true,
  FieldDefinition: true,
  InputValueDefinition: true,
};

// Who may ask for it, and what it costs, is decided where it is written. Edges, payloads and value types inherit it.
const decided = '/^(requiresScopes|authenticated)$/';
const undecided = [
  [`:matches(ObjectTypeExtension, ObjectTypeDefinition)[name.value=/^(Query|Mutation)$/] > FieldDefinition:not(:has(> Directive[name.value=${decided}]))`, 'Say who may ask for it: @requiresScopes(scopes: [["<domain>:read"]]).'],
  [`ObjectTypeDefinition[interfaces.length>0]:not(:has(> Directive[name.value=${decided}]))`, 'Say who may see an entity: @requiresScopes(scopes: [["<domain>:read"]]).'],
  [`ObjectTypeDefinition[name.value=/Connection$/]:not(:has(> Directive[name.value=${decided}]))`, 'Say who may list it, as on the type that it lists: @requiresScopes.'],
  ['FieldDefinition:has(> InputValueDefinition[name.value=first]):not(:has(> Directive[name.value=listSize]))', 'Say how many rows it answers: @listSize, as on the other lists.'],
  [':matches(ObjectTypeExtension, ObjectTypeDefinition)[name.value=Mutation] > FieldDefinition:not(:has(> Directive[name.value=cost]))', 'Say what it costs: @cost(weight: 10), more where it does much.'],
];

/** What makes a schema readable: everything in it is described, and named as everywhere. */
export const graphqlRules = {
  '@graphql-eslint/require-description': ['error', described],
  '@graphql-eslint/require-deprecation-reason': 'error',
  'no-restricted-syntax': [
    'error',
    // What `forge new entity` leaves to be written.
    { selector: 'StringValue[value=/^\\(describe\\)/]', message: 'Describe it: say what the name does not.' },
    ...undecided.map(([selector, message]) => ({ selector, message })),
  ],
  '@graphql-eslint/naming-convention': [
    'error',
    {
      types: 'PascalCase',
      FieldDefinition: 'camelCase',
      InputValueDefinition: { style: 'camelCase', ignorePattern: '^(AND|OR|NOT)$' },
      DirectiveDefinition: 'camelCase',
      EnumValueDefinition: 'UPPER_CASE',
    },
  ],
};

/** A stub of another domain's entity: its owner describes the type and the id, and composition would find two descriptions. */
export const stubRules = {
  '@graphql-eslint/require-description': ['error', { ...described, ignoredSelectors: ['ObjectTypeDefinition', 'FieldDefinition[name.value=id]'] }],
};
