import type { Cast } from '../cast.ts';
import { after, day, hour, minute, type Row, type Tables } from '../rows.ts';

/** Name, and the sentence that it is about; any agent can be given any of them. */
const prompts: readonly (readonly [string, string])[] = [
  ['small-steps', 'Work on {{task}} in small steps, and say after each what you found.'], ['cite-sources', 'Answer {{question}} and name the source of every figure.'],
  ['ask-first', 'Before you change {{target}}, ask {{person}}.'], ['be-brief', 'Answer {{question}} in three sentences.'], ['double-check', 'Check {{result}} in a second way before you give it.'],
  ['house-style', 'Write {{text}} as {{team}} writes: short, concrete, friendly.'], ['table-out', 'Give {{result}} as a table with a heading for each column.'],
  ['json-out', 'Give {{result}} as JSON that fits {{schema}}, and nothing else.'], ['plain-words', 'Explain {{topic}} to somebody who hears of it for the first time.'],
  ['risks-first', 'Begin with what could go wrong with {{plan}}.'], ['two-options', 'Offer two ways to do {{task}}, and say which you would take.'], ['stay-in-scope', 'Do {{task}}; leave everything else as it is.'],
  ['handover', 'Hand {{task}} over to {{person}}: what is done, what is open, what to mind.'], ['numbers-exact', 'Never round; give {{figures}} with all their digits.'],
  ['no-names', 'Leave out whatever tells who {{person}} is.'], ['time-box', 'Stop after {{minutes}} minutes, and give what you have.'], ['escalate', 'When {{condition}}, stop and call {{person}}.'],
  ['compare', 'Compare {{one}} with {{other}}, and list only what differs.'], ['keep-log', 'Keep a log of what you do to {{target}}, with times in UTC.'], ['careful-worker', 'You are careful. Say what you are sure of, and ask when you are not.'],
];

const changes = [null, 'Asks back when something is missing', 'Shorter', 'Says what to do when in doubt'];
const additions = ['', ' Ask when something is missing.', ' Be short.', ' When in doubt, say so.'];

export function makePrompts({ orgId, makeId, people, founded, prompts: ids }: Cast): Tables {
  const made = ids.map((id, i) => {
    const [name = `prompt-${i + 1}`, sentence = ''] = prompts[i] ?? [];
    const createdAt = after(founded, i * minute);
    const currentVersion = 1 + (i % additions.length);
    const versions = Array.from({ length: currentVersion }, (_, v): Row => {
      const at = after(createdAt, hour + v * 11 * day);
      const template = sentence + additions.slice(0, v + 1).join('');
      // The first prompts came with the platform.
      const createdById = v === 0 && i < 3 ? null : people[(i * 7 + v) % people.length];
      return { id: makeId('PromptVersion', at), orgId, createdAt: at, promptId: id, version: v + 1, template, variables: variablesOf(template), changelog: changes[v], createdById };
    });
    const prompt: Row = {
      id, orgId, createdAt, updatedAt: versions.at(-1)?.['createdAt'], name, description: i % 6 === 5 ? null : `A system prompt that ends in "${sentence.split(' ').slice(-2).join(' ')}"`,
      tags: [['tone', 'format', 'safety'][i % 3], ...(i % 4 === 0 ? ['starter'] : [])], currentVersion, ownerId: i % 8 === 7 ? null : people[(i * 5) % people.length],
    };
    return { prompt, versions };
  });
  return { promptLibrary: made.map(({ prompt }) => prompt), promptVersions: made.flatMap(({ versions }) => versions) };
}

function variablesOf(template: string): string[] {
  return [...new Set([...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))];
}
