import type { Row } from '../rows.ts';

/** The rows that runs leave behind, by table, in the order in which they can be loaded. */
export function emptyRunTables() {
  return {
    workflowRuns: [] as Row[], workflowCheckpoints: [] as Row[], stepResults: [] as Row[], stepThreads: [] as Row[], executionEvents: [] as Row[],
    handoffs: [] as Row[], humanInputRequests: [] as Row[], approvals: [] as Row[], runArtifacts: [] as Row[], eventOutbox: [] as Row[],
  };
}

export type RunTables = ReturnType<typeof emptyRunTables>;
