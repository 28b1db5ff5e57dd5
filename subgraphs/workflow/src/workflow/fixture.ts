import { newId, type TypeName } from '@forge/subgraph-kit';
import { runSql } from '@forge/testing';

/** The organisation that a test subgraph is asked for, unless said otherwise. */
export const demoOrgId = 'org_01jd0000000000000000000001';

/** Writes a row as its columns say, past all operations; answers its id. */
async function insert(url: string, type: TypeName, table: string, row: object): Promise<string> {
  const values = { id: newId(type), orgId: demoOrgId, ...row };
  const columns = Object.keys(values).map((column) => `"${column}"`).join();
  await runSql(url, `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM json_populate_record(NULL::"${table}", $1)`, [JSON.stringify(values)]);
  return values.id;
}

let count = 0;
/** A workflow with one version. */
export async function aWorkflow(url: string, columns: object = {}, definition = 'steps:\n  - { id: read, role: clerk, command: read it }\n'): Promise<string> {
  const by = { orgId: demoOrgId, createdById: newId('Worker'), ...columns };
  const id = await insert(url, 'Workflow', 'workflows', { name: `workflow-${count++}`, currentVersion: 1, ...by });
  await insert(url, 'WorkflowVersion', 'workflowVersions', { workflowId: id, version: 1, definition, contentHash: 'h', orgId: by.orgId, createdById: by.createdById });
  return id;
}

export function aDeployment(url: string, workflowId: string, columns: object = {}): Promise<string> {
  return insert(url, 'Deployment', 'deployments', { workflowId, gatewayId: newId('Gateway'), environment: 'production', roleBindings: { clerk: newId('Agent') }, ...columns });
}

/** A RUNNING run of a workflow of its own. */
export async function aRun(url: string, columns: object = {}, definition?: string): Promise<string> {
  const workflowId = await aWorkflow(url, {}, definition);
  const [version] = await runSql<{ id: string; definition: string }>(url, 'SELECT "id", "definition" FROM "workflowVersions" WHERE "workflowId" = $1', [workflowId]);
  const pinned = { workflowId, workflowVersionId: version?.id, definition: version?.definition };
  return insert(url, 'WorkflowRun', 'workflowRuns', { ...pinned, status: 'RUNNING', args: {}, traceId: 't', startedAt: '2026-11-23T11:00:00Z', ...columns });
}
