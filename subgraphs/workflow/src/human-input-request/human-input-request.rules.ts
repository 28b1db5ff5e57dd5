/** What each state of a question may become. The trigger refuse_transition in the database says the same. */
export const humanInputTransitions = { PENDING: ['ANSWERED', 'EXPIRED', 'CANCELLED'], ANSWERED: [], EXPIRED: [], CANCELLED: [] } as const;
