import type { Cast } from '../cast.ts';
import { after, day, hour, type Row, type Tables } from '../rows.ts';

interface ListedStep {
  readonly name: string;
  readonly description: string | null;
  readonly role: string;
  readonly command: string;
  readonly takes: readonly string[];
  readonly gives: readonly string[];
}

const step = (name: string, role: string, command: string, takes: readonly string[], gives: readonly string[], description: string | null = null): ListedStep => ({ name, role, command, takes, gives, description });

/** The palette, in its order: category, icon, steps. The last one is still empty. */
const palette: readonly (readonly [string, string | null, ...ListedStep[]])[] = [
  ['Documents', 'file-text',
    step('read-invoice', 'clerk', 'Read supplier, amount and due date of {{args.invoice}}.', ['invoice'], ['supplier', 'amount', 'dueDate'], 'Fields of an invoice, as written.'),
    step('classify-document', 'clerk', 'Say which kind of document {{args.document}} is.', ['document'], ['kind']),
    step('compare-versions', 'reviewer', 'List what changed from {{args.before}} to {{args.after}}.', ['before', 'after'], ['differences'], 'Differences that change the meaning.')],
  ['Finance', 'banknote',
    step('ledger-booking', 'clerk', 'Book the amount in the ledger.', ['amount', 'account'], ['bookingId'], 'One booking, once; a repetition finds the first.'),
    step('match-payment', 'auditor', 'Find the payment that settles {{args.invoice}}.', ['invoice'], ['paymentId'], 'Invoice to payment.'),
    step('check-vat', 'auditor', 'Check the VAT number {{args.vatNumber}}.', ['vatNumber'], ['valid'])],
  ['Language', 'languages',
    step('translate', 'translator', 'Translate {{args.text}} into {{args.language}}.', ['text', 'language'], ['translation'], 'Whole text, same layout.'),
    step('summarise', 'writer', 'Say in a paragraph what {{args.text}} says.', ['text'], ['summary'], 'At most 120 words.'),
    step('proofread', 'reviewer', 'Mark what is wrong in {{args.text}}.', ['text'], [])],
  ['Data', 'database',
    step('profile-table', 'analyst', 'Profile the table {{args.table}}.', ['table'], ['profile'], 'Counts, gaps and outliers of each column.'),
    step('find-duplicates', 'analyst', 'Find rows of {{args.table}} that mean the same.', ['table'], ['pairs'])],
  ['Operations', null,
    step('page-on-call', 'operator', 'Page whoever is on call for {{args.service}}.', ['service'], ['acknowledgedBy'], 'Waits for the acknowledgement.'),
    step('roll-back', 'operator', 'Roll {{args.service}} back to the release before.', ['service'], ['release'], 'Goes back one release, never more.'),
    step('wait-for-quiet', 'operator', 'Wait until nothing has failed for ten minutes.', [], [])],
  ['Research', 'search',
    step('find-sources', 'researcher', 'Find what has been written on {{args.question}}.', ['question'], ['sources'], 'Each source with its date.'),
    step('plan-inquiry', 'planner', 'Plan how to answer {{args.question}}.', ['question'], ['plan'])],
  ['Experimental', 'flask'],
];

const failureModes = ['halt', 'retry_once', 'skip', 'retry_once_then_escalate'];

export function makeSteps({ orgId, makeId, founded }: Cast): Tables {
  const groups = palette.map(([name, icon, ...steps], c) => {
    const createdAt = after(founded, day + c * hour);
    const category = { id: makeId('StepCategory', createdAt), orgId, createdAt, updatedAt: createdAt, name, icon, sortOrder: c * 10 };
    return { category, steps: steps.map((listed, s) => stepRow(listed, s)) };

    function stepRow({ name: stepName, description, role, command, takes, gives }: ListedStep, s: number): Row {
      const at = after(createdAt, (s + 1) * day);
      const version = 1 + ((c + s) % 3);
      return {
        id: makeId('LibraryStep', at), orgId, createdAt: at, updatedAt: after(at, (version - 1) * 6 * day), name: stepName, categoryId: category.id, description,
        definition: { role, command, outputs: gives, timeout: 300 * (1 + s), on_failure: failureModes[(c + s) % failureModes.length] },
        inputSchema: schemaOf(takes), outputSchema: schemaOf(gives), version,
      };
    }
  });
  return { stepCategories: groups.map(({ category }) => category), stepLibrary: groups.flatMap(({ steps }) => steps) };
}

/** An object with these properties; none when nothing is known of it. */
function schemaOf(names: readonly string[]): object | null {
  return names.length === 0 ? null : { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: name === 'valid' ? 'boolean' : name === 'amount' ? 'number' : 'string' }])), required: names };
}
