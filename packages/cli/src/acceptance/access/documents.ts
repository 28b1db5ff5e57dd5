import type { Place, Question, Write, Written } from './questions.ts';

/** Questions that are asked together. */
export interface Document {
  readonly text: string;
  readonly places: readonly Place[];
}

// Within what the gateway takes: 50 root fields, 100 aliases, 5,000 tokens.
const most = { questions: 40, places: { 'by name': 200, 'by fragment': 60 } };

/** Puts as many questions into each document as the gateway takes. */
export function documentsOf(questions: readonly Question[], write: Write): Document[] {
  const groups: Question[][] = [];
  for (const question of questions.flatMap(inParts)) {
    const group = groups.at(-1);
    if (group && fits(question, group)) group.push(question);
    else groups.push([question]);
  }
  return groups.map((group) => together(group.map((question, i) => write(question, `q${i}`))));
}

/** The fields of a root stand in an operation themselves. */
function inParts(question: Question): Question[] {
  if (question.route.length > 0) return [question];
  return Array.from({ length: Math.ceil(question.fields.length / most.questions) }, (_, i) => ({ ...question, fields: question.fields.slice(i * most.questions, (i + 1) * most.questions) }));
}

function fits({ manner, route, fields }: Question, group: readonly Question[]): boolean {
  const [first] = group;
  const isOfOneKind = first?.manner === manner && route[0] !== undefined && rootOf(first.route) === rootOf(route);
  return isOfOneKind && group.length < most.questions && group.reduce((sum, each) => sum + each.fields.length, fields.length) <= most.places[manner];
}

function rootOf([first]: Question['route']): string | undefined {
  return first?.split('.')[0];
}

function together(written: readonly Written[]): Document {
  const operation = `${written[0]?.operation ?? 'query'} { ${written.map(({ selection }) => selection).join(' ')} }`;
  return { text: [operation, ...written.flatMap(({ fragment }) => fragment ?? [])].join('\n'), places: written.flatMap(({ places }) => places) };
}
