import { fault, idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const people = ['EMPLOYEE', 'CONTRACTOR'] as const;
const dayOf = z.iso.date().transform((day) => new Date(day)).nullable();

const required = { displayName: text(1, 200) };

/** What an explicit null clears. */
const cleared = {
  externalId: text(1, 200).nullable(),
  teamId: idOf('Team').nullable(),
  managerId: idOf('Worker').nullable(),
  roleId: idOf('WorkerRole').nullable(),
  costCenter: text(1, 100).nullable(),
  startedOn: dayOf,
  endedOn: dayOf,
};

// Mailboxes differ by case in theory only; one address must not make two workers.
const email = text(3, 320).transform((address) => address.toLowerCase()).nullable();

const emailRule = 'is needed for a person, and must be empty for an AGENT';
const endRule = 'must not lie before startedOn';

export const createWorkerRules = z
  .object({ type: z.enum([...people, 'AGENT']), ...required, email: email.default(null), ...optional(cleared), idempotencyKey })
  // Also when other fields have faults, so that all come at once.
  .refine(({ type, email: address }) => (type === 'AGENT') === ((address ?? null) === null), { path: ['email'], error: emailRule })
  .refine(({ startedOn, endedOn }) => !startedOn || !endedOn || endedOn >= startedOn, { path: ['endedOn'], error: endRule });

export const updateWorkerRules = z.object({
  ...versionedId('Worker'),
  ...optional({
    type: z.enum(people, 'a person can become EMPLOYEE or CONTRACTOR; an AGENT stays one'),
    ...required,
    email,
    status: z.enum(['ACTIVE', 'INACTIVE'], 'can be set to ACTIVE or INACTIVE'),
    ...cleared,
  }),
});

export const deleteWorkerRules = z.object(versionedId('Worker'));

/** What the database says of a worker in ways that a rule on the input cannot, for people. */
export const workerFaults = {
  workers_people_have_email: fault('INVALID', 'email', `email: ${emailRule}`),
  workers_agents_stay_agents: fault('INVALID', 'type', 'type: an AGENT stays one'),
  workers_end_after_start: fault('INVALID', 'endedOn', `endedOn: ${endRule}`),
  workers_offboarded_have_end: fault('INVALID', 'endedOn', 'endedOn: an OFFBOARDED worker keeps it'),
  workers_offboarded_stay_so: fault('INVALID_TRANSITION', 'status', 'status: an OFFBOARDED worker stays so'),
  workers_managers_have_no_cycle: fault('INVALID', 'managerId', 'managerId: must not be the worker itself or anyone who reports to it, directly or through others'),
};
