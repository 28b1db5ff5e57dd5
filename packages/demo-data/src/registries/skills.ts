import { createHash } from 'node:crypto';
import type { Cast } from '../cast.ts';
import { after, day, hour, minute, type Row, type Tables } from '../rows.ts';

/** Two skills for each role of the definitions, in the order of the roles, and a dozen for whoever needs them: name, what it is for, tools. */
const skills: readonly (readonly [string, string | null, ...string[]])[] = [
  ['analyse-table', 'Finds what stands out in a table of figures.', 'run_sql', 'read_file'], ['trace-evidence', 'Leads each claim back to its source.', 'search', 'read_file'],
  ['extract-fields', 'Reads the fields of a form or an invoice.', 'read_file', 'ocr'], ['run-playbook', 'Works through a playbook and notes each step.', 'shell', 'write_file'],
  ['break-down-work', 'Cuts a goal into pieces of a day each.', 'write_file'], ['find-sources', 'Finds what has been written on a question.', 'search', 'fetch_page'],
  ['compare-texts', 'Says where two texts differ, and whether it matters.', 'read_file'], ['translate-text', 'Brings a text into another language.'],
  ['write-summary', 'Says in a paragraph what a document says.', 'read_file'],
  ['chart-figures', 'Draws the chart that shows a finding.', 'run_sql', 'draw_chart'], ['check-controls', 'Tests whether a control was followed.', 'search', 'run_sql'],
  ['file-documents', 'Puts documents where they belong.', 'read_file', 'write_file'], ['restart-service', 'Restarts a service and watches it come up.', 'shell', 'read_metrics'],
  ['estimate-effort', null], ['read-paper', 'Draws method and findings out of a paper.', 'fetch_page'],
  ['flag-risk', 'Marks the sentences that could cost us something.', 'read_file'], ['keep-glossary', 'Keeps terms the same from text to text.', 'read_file', 'write_file'],
  ['match-tone', 'Writes as the house writes.'],
  ['answer-mail', 'Drafts the answer to a letter.', 'read_mail', 'write_mail'], ['book-meeting', 'Finds an hour that suits everybody.', 'calendar'],
  ['check-address', null, 'search'], ['convert-currency', 'Converts amounts at the rate of a day.', 'exchange_rates'], ['deduplicate', 'Finds rows that mean the same.', 'run_sql'],
  ['explain-code', 'Says what a piece of code does.', 'read_file'], ['mask-names', 'Takes out what tells who somebody is.', 'read_file', 'write_file'],
  ['read-log', 'Finds the first thing that went wrong in a log.', 'read_file', 'search'], ['review-diff', 'Reads a change as a reviewer would.', 'read_file'],
  ['scan-licences', 'Lists the licences of what we depend on.', 'shell'], ['write-test', 'Writes the test that would have caught it.', 'read_file', 'write_file', 'shell'],
  ['write-query', 'Turns a question into SQL.', 'run_sql'],
];

interface Installed {
  readonly id: string | null;
  readonly name: string;
  readonly version: number | null;
  readonly createdAt: Date;
}

/** What only a gateway knows: nobody has written it up for the platform. */
const local = ['legacy-fax', 'site-inventory'];

export function makeSkills(cast: Cast): Tables {
  const { orgId, people, founded, skills: ids, makeId, gateways, now, random } = cast;
  const skillDefinitions = ids.map((id, i): Row => {
    const [name = `skill-${i + 1}`, description = null, ...tools] = skills[i] ?? [];
    const createdAt = after(founded, i * minute);
    const version = 1 + (i % 4);
    // The first eighteen are those that agents bring along.
    const status = i < 18 ? 'ACTIVE' : ['ACTIVE', 'DRAFT', 'ACTIVE', 'DEPRECATED'][i % 4];
    return {
      id, orgId, createdAt, updatedAt: after(createdAt, (version - 1) * 9 * day), name, description, instructions: instructionsFor(name, description, tools), tools, status, version,
      ownerId: i % 7 === 6 ? null : people[(i * 3) % people.length],
    };
  });
  const installed = skillDefinitions.filter(({ status }) => status !== 'DRAFT') as (Row & Installed)[];
  const skillRegistry = gateways.flatMap((gatewayId, g) => {
    const own: Installed[] = local.filter((_, l) => (l + g) % 2 === 0).map((name) => ({ name, id: null, version: null, createdAt: founded }));
    return [...installed.filter((_, i) => (i + g) % 5 !== 4), ...own].map(({ id: definitionId, name, version, createdAt }, i): Row => {
      const at = after(createdAt, 12 * hour + (g * 40 + i) * minute);
      // Nobody has reported what was installed by hand.
      const byHand = definitionId === null && g === gateways.length - 1;
      const lastSyncedAt = byHand ? null : after(now, -random.int(20_000, 12 * minute));
      return {
        id: makeId('RegisteredSkill', at), orgId, createdAt: at, updatedAt: lastSyncedAt ?? at, name, gatewayId, definitionId,
        version: version === null ? null : `${version}.${(i + g) % 3}.0`, checksum: byHand ? null : sha256(`${name} ${version ?? ''}`),
        lastSyncedAt,
      };
    });
  });
  return { skillDefinitions, skillRegistry };
}

function instructionsFor(name: string, description: string | null, tools: readonly string[]): string {
  const use = tools.length > 0 ? `Use ${tools.map((tool) => `\`${tool}\``).join(', ')}, and nothing else.` : 'No tools are needed.';
  return `# ${name}\n\n${description ?? 'To be described.'}\n\n1. Read what you are given to the end.\n2. ${use}\n3. Say what you are sure of, and what you are not.\n`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
