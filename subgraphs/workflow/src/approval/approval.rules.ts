/** What each state of an approval may become. The trigger refuse_transition in the database says the same. */
export const approvalTransitions = { PENDING: ['APPROVED', 'REJECTED'], APPROVED: [], REJECTED: [] } as const;
