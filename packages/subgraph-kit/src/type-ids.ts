import { typeid, TypeID } from 'typeid-js';
import { invalid } from './errors.ts';

/**
 * The id prefix of every type on the graph: the one thing about ids that all domains share.
 * An id is a TypeID (https://github.com/jetify-com/typeid/tree/main/spec), a prefix and a UUIDv7 in base 32, so it
 * names its type and sorts by the time it was made.
 */
export const idPrefixes = {
  // workflow
  Workflow: 'wf', WorkflowDocument: 'wfd', WorkflowVersion: 'wfv', WorkflowRun: 'run', WorkflowCheckpoint: 'chk',
  Deployment: 'dep', StepResult: 'stp', StepThread: 'thr', ExecutionEvent: 'exe', Handoff: 'hof',
  HumanInputRequest: 'hir', Approval: 'apr', RunArtifact: 'art',
  // agents
  Agent: 'agt', AgentDefinition: 'agd', AgentDeployment: 'agp', AgentConfigRevision: 'acr',
  AgentSkillDelegation: 'asd', AgentTemplate: 'atp',
  // governance
  WorkerRole: 'rol', Policy: 'pol', ApprovalPolicy: 'apo', AuthorityGrant: 'agr', OrgTierGrant: 'otg',
  AuditEvent: 'aud', PlatformEvent: 'pev',
  // gateways
  Gateway: 'gw', GatewayHealthCheck: 'ghc', GatewayModelAccess: 'gma', ApiKey: 'key', GlooCredential: 'glo',
  WebhookSubscription: 'whs', WebhookDelivery: 'whd',
  // registries
  Model: 'mdl', RegisteredModel: 'mrg', ModelSlot: 'msl', ModelRoutingRule: 'mrr', RegisteredSkill: 'skr',
  SkillDefinition: 'skd', LibraryStep: 'lst', StepCategory: 'cat', Prompt: 'prm', PromptVersion: 'prv',
  // analytics
  TokenEvent: 'tok', CostAggregate: 'cag', ModelPrice: 'prc',
  // budget
  Budget: 'bud', BudgetLink: 'bln', BudgetTransaction: 'btx', BudgetAlert: 'bal',
  // chat
  Channel: 'chn', ChannelSession: 'ses', ChatMessage: 'msg', AgentSessionMemory: 'asm',
  AgentChannelMemory: 'acm', AgentLongTermMemory: 'alm', ExternalChannelLink: 'ecl',
  RelevancyGateDecision: 'rgd',
  // factories
  Factory: 'fac', FactoryType: 'fty', FactoryBlueprint: 'fbp', FactoryAssignment: 'fas',
  FactoryTeamMember: 'ftm', FactoryDevEnvironment: 'fde', FactoryTokenEvent: 'fte',
  // workforce
  Worker: 'wrk', Department: 'dpt', Team: 'tea', Position: 'pos', PositionAssignment: 'pas', OrgUnit: 'oun',
  OrgUnitMembership: 'oum',
} as const;

export type TypeName = keyof typeof idPrefixes;

/** A new id for a row of `type`. `at` (default: now) is the time the id carries, to the millisecond. */
export function newId(type: TypeName, at?: Date): string {
  if (!at) return typeid(idPrefixes[type]).toString();
  return TypeID.fromUUID(idPrefixes[type], uuidV7At(at)).toString();
}

/** Whether `id` is a well-formed id of `type`. Says nothing about whether such a row exists. */
export function isIdOf(type: TypeName, id: string): boolean {
  const prefix = idPrefixes[type];
  // The suffix of a TypeID is 26 characters of Crockford's base 32; the first holds only three bits.
  return id.startsWith(`${prefix}_`) && /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(id.slice(prefix.length + 1));
}

/** The time an id carries (UUIDv7, RFC 9562 section 5.7), for tables partitioned by the time of their rows. */
export function timeOfId(id: string): Date {
  // From the bytes: an id that a client made up need not be a UUID of any version.
  const bytes = TypeID.fromString(id).toUUIDBytes();
  return new Date(bytes.slice(0, 6).reduce((time, byte) => time * 256 + byte, 0));
}

/** Throws BAD_USER_INPUT, naming `argument`, unless `id` is an id of `type`. */
export function assertIdOf(type: TypeName, id: string, argument: string): void {
  if (!isIdOf(type, id)) throw invalid(argument, describeIdFault(type, id));
}

/** What is wrong with an id that is not one of `type`, for people. */
export function describeIdFault(type: TypeName, id: string): string {
  const shown = id.length > 40 ? `${id.slice(0, 40)}…` : id;
  return `expected the id of ${article(type)} ${type}, which looks like ${idPrefixes[type]}_01h455vb4pex5vsknk084sn02q; got "${shown}"`;
}

function uuidV7At(at: Date): string {
  const random = crypto.randomUUID();
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

function article(noun: string): string {
  return /^[AEIO]/.test(noun) ? 'an' : 'a';
}
