const described = {
  types: true,
  DirectiveDefinition: true,
  EnumValueDefinition: true,
  FieldDefinition: true,
  InputValueDefinition: true,
};

/** What makes a schema readable: everything in it is described, and named as everywhere. */
export const graphqlRules = {
  '@graphql-eslint/require-description': ['error', described],
  '@graphql-eslint/require-deprecation-reason': 'error',
  // What `forge new entity` leaves to be written.
  'no-restricted-syntax': ['error', { selector: 'StringValue[value=/^\\(describe\\)/]', message: 'Describe it: say what the name does not.' }],
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
