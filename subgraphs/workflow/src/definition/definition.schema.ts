const identifier = '^[A-Za-z_][A-Za-z0-9_]*$';

/** What happens when an attempt of a step fails; the first is the default. */
export const failureModes = ['halt', 'skip', 'retry_once', 'retry_once_then_escalate'] as const;

/** `must` goes on "it must …" in what people are told; JSON Schema does not know it. */
const step = {
  description: 'One piece of work, done by whoever has its role.',
  must: 'be a step: id, role, command and what else it needs',
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties: {
    id: {
      description: 'What other steps and expressions call it.', must: 'be in snake_case, at most 100 characters', 
      type: 'string', pattern: '^[a-z][a-z0-9_]*$', maxLength: 100,
    },
    role: { description: 'Who does it; a deployment binds each role to an agent.', must: 'be a text of 1 to 100 characters', type: 'string', minLength: 1, maxLength: 100 },
    command: {
      description: 'What is to be done, in words, with {{expressions}}.', must: 'be a text of 1 to 50,000 characters',
      type: 'string', minLength: 1, maxLength: 50_000,
    },
    depends_on: {
      description: 'Steps that must be done, or left out, before it begins.', must: 'be a list of step ids',
      type: 'array', maxItems: 200, items: { must: 'be a step id', type: 'string' },
    },
    inputs: { description: 'What the agent is given, by name: any JSON, with {{expressions}} in its texts.', must: 'be a map from names to values', type: 'object' },
    outputs: {
      description: 'Names of what it gives; each is a variable for the steps behind it.', must: 'be a list of names',
      type: 'array', maxItems: 100, items: { must: 'be a name of letters, digits and _, at most 100 characters', type: 'string', pattern: identifier, maxLength: 100 },
    },
    condition: { description: 'A CEL expression; when it is false, the step is left out.', must: 'be an expression, as a text', type: 'string', minLength: 1 },
    timeout: {
      description: 'Seconds that an attempt may take.', must: 'be a whole number of seconds, 1 to 86,400',
      type: 'integer', minimum: 1, maximum: 86_400, default: 600,
    },
    on_failure: { description: 'What happens when an attempt fails.', must: `be one of ${failureModes.join(', ')}`, enum: failureModes, default: 'halt' },
    approval: { description: 'Whether a person must agree before it begins.', must: 'be true or false', type: 'boolean', default: false },
    library_step: {
      description: 'A step of the library, which gives what this one leaves out.', must: 'be the name of a library step',
      type: 'string', minLength: 1, maxLength: 200,
    },
    reserve_cents: {
      description: 'US cents that budgets hold back for one attempt.', must: 'be a number of cents, from 0.000001 to 1,000,000,000',
      type: 'number', minimum: 0.000001, maximum: 1_000_000_000, default: 10,
    },
  },
} as const;

/** A .lobsterX definition, as JSON Schema 2020-12. */
export const definitionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: '.lobsterX definition',
  description: 'A workflow: what is done, by whom, and in which order.',
  must: 'have a list of steps',
  type: 'object',
  required: ['steps'],
  additionalProperties: false,
  properties: {
    name: { description: 'What the workflow is called.', must: 'be a text of 1 to 200 characters', type: 'string', minLength: 1, maxLength: 200 },
    description: { description: 'What it is for.', must: 'be a text of at most 2,000 characters', type: 'string', maxLength: 2_000 },
    steps: { description: 'The work, in any order; depends_on says which comes first.', must: 'have 1 to 200 steps', type: 'array', minItems: 1, maxItems: 200, items: step },
  },
} as const;

export const stepKeys: ReadonlySet<string> = new Set(Object.keys(step.properties));
