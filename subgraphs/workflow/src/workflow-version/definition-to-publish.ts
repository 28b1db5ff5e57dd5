import type { Prisma } from '@forge/prisma-workflow';
import { fault } from '@forge/subgraph-kit';
import { isJsonObject } from '../definition/json.ts';
import { resolveLibrarySteps } from '../definition/library-steps.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import { readYaml } from '../definition/read-yaml.ts';
import { withFaultsAt } from './with-faults-at.ts';
import { maxDefinition, type PublishWorkflowVersionData } from './workflow-version.rules.ts';

type Tx = Prisma.TransactionClient;
type Source = Pick<PublishWorkflowVersionData, 'workflowId' | 'documentId' | 'definition'>;

interface Found {
  readonly yaml: string;
  /** The field of the input that led to it: where its faults are told. */
  readonly field: string;
}

/** The definition that an input means, complete with what it takes from the library, and fit to be run; throws its faults. */
export async function definitionToPublish(tx: Tx, orgId: string, source: Source): Promise<Found> {
  const { yaml: written, field } = await find(tx, orgId, source);
  const library = await libraryStepsOf(tx, orgId, written);
  const yaml = withFaultsAt(field, () => resolveLibrarySteps(written, library));
  if (yaml.length > maxDefinition) throw fault('INVALID', field, `${field}: has more than ${maxDefinition} characters with its library steps`);
  withFaultsAt(field, () => parseDefinition(yaml), yaml === written ? '' : 'with its library steps, ');
  return { yaml, field };
}

async function find(tx: Tx, orgId: string, { workflowId, documentId, definition }: Source): Promise<Found> {
  if (typeof definition === 'string') return { yaml: definition, field: 'definition' };
  const field = documentId ? 'documentId' : 'workflowId';
  const where = { orgId, workflowId, ...(documentId && { id: documentId }) };
  const document = await tx.workflowDocument.findFirst({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { yaml: true } });
  if (document) return { yaml: document.yaml, field };
  throw documentId
    ? fault('NOT_FOUND', field, 'documentId: leads to no document of this workflow')
    : fault('NOT_FOUND', field, 'workflowId: the workflow has no document; write one with createWorkflowDocument, or give the definition');
}

/** What is known of the library steps that a definition names. */
async function libraryStepsOf(tx: Tx, orgId: string, yaml: string): Promise<Map<string, Record<string, unknown>>> {
  const names = namesIn(yaml);
  if (names.length === 0) return new Map();
  const known = await tx.knownLibraryStep.findMany({ where: { orgId, name: { in: names } }, select: { name: true, definition: true } });
  return new Map(known.flatMap(({ name, definition }) => (definition === null ? [] : [[name, definition as Record<string, unknown>]])));
}

/** None of a definition that cannot be read, which is told elsewhere. */
function namesIn(yaml: string): string[] {
  const read = readYaml(yaml);
  const steps = 'source' in read && isJsonObject(read.source.value) ? read.source.value['steps'] : undefined;
  const names = (Array.isArray(steps) ? steps : []).map((step: unknown) => (isJsonObject(step) ? step['library_step'] : undefined));
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}
