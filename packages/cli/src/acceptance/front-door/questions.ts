/** The subgraphs that have a bad time: one is killed over and over, one takes long over its answers. */
export const killed = 'agents';
export const slow = 'analytics';

/** Something that clients ask for over and over, each time of another run, or with a name of its own for what it makes. */
export interface Question {
  readonly kind: string;
  /** How often it is asked, of the sum of all. */
  readonly weight: number;
  /** What may be missing from the answer: all else it needs is well. */
  readonly mayLack: readonly string[];
  readonly query: string;
  /** The name of what it makes; without it asks for the runs. */
  readonly makes?: { readonly table: string; readonly domain: string };
}

/** In variables and answers, where the name of what a mutation makes goes. */
export const nameHere = '{{name}}';

export const questions: readonly Question[] = [
  { kind: 'one field', weight: 40, mayLack: [], query: 'query OneField($id: ID!) { workflowRun(id: $id) { id startedAt } }' },
  { kind: 'a list', weight: 14, mayLack: [], query: 'query AList { positions(first: 5) { nodes { id title } } }' },
  { kind: 'over five domains', weight: 8, mayLack: [], query: `query OverDomains($id: ID!) {
    workflowRun(id: $id) { id workflow { name createdBy { displayName } } gateway { name } stepResults(first: 3) { nodes { stepId attempt model { displayName } } } }
    factories(first: 3) { nodes { id name } } }` },
  { kind: 'mutation', weight: 10, mayLack: [], makes: { domain: 'workforce', table: 'departments' }, query: `mutation Make($name: String!) {
    made: createDepartment(input: { companyId: "storm", name: $name }) { made: department { name } userErrors { code } } }` },
  { kind: 'needs the killed one', weight: 10, mayLack: [killed], query: `query NeedsKilled($id: ID!) {
    workflowRun(id: $id) { id stepResults(first: 3) { nodes { stepId agent { id name } } } } agents(first: 2) { nodes { id name } } }` },
  { kind: 'mutation of the killed one', weight: 4, mayLack: [killed], makes: { domain: 'agents', table: 'agentTemplates' }, query: `mutation MakeAtKilled($name: String!) {
    made: createAgentTemplate(input: { category: "storm", name: $name, config: {} }) { made: agentTemplate { name } userErrors { code } } }` },
  { kind: 'needs the slow one', weight: 10, mayLack: [slow], query: `query NeedsSlow($id: ID!) {
    workflowRun(id: $id) { id workflow { name costAggregates(first: 2) { nodes { period bucketStart costCents } } } } }` },
  { kind: 'needs both', weight: 4, mayLack: [killed, slow], query: `query NeedsBoth($id: ID!) {
    workflowRun(id: $id) { id workflow { costAggregates(first: 1) { nodes { costCents } } } stepResults(first: 2) { nodes { stepId agent { name } } } } }` },
];
