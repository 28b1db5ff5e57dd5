/** An attempt as a claim hands it out. */
export interface Attempt {
  readonly id: string;
  readonly runId: string;
  readonly stepId: string;
  readonly status: string;
  readonly outputs: readonly string[];
  readonly run: { readonly runType: string };
}

export interface UserError {
  readonly code: string;
  readonly message: string;
}

/** What a report of an attempt is answered with. */
export interface Reported {
  /** False when the attempt had ended before; null when there are userErrors. */
  readonly accepted: boolean;
  readonly userErrors: readonly UserError[];
}

export const attemptFields = 'id runId stepId status outputs run { runType }';

export const claimSteps = `mutation ($input: ClaimStepsInput!) {
  answer: claimSteps(input: $input) { stepResults { ${attemptFields} } userErrors { code message } }
}`;

export const renewStepLease = `mutation ($input: RenewStepLeaseInput!) { answer: renewStepLease(input: $input) { userErrors { code message } } }`;

/** The report with this name; `Started`, `Completed` or `Failed`. */
export function report(what: 'Started' | 'Completed' | 'Failed'): string {
  return `mutation ($input: ReportStep${what}Input!) { answer: reportStep${what}(input: $input) { accepted userErrors { code message } } }`;
}
