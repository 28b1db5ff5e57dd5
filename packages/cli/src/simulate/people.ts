import type { Random } from '@forge/demo-data';
import type { UserError } from './attempt.ts';
import { all } from './find-world.ts';
import type { Graph } from './graph.ts';
import { outlive } from './outlive.ts';
import { pause } from './pause.ts';
import { count, type Tally } from './tally.ts';
import { valueForSchema } from './value-for-schema.ts';

export interface People {
  readonly graph: Graph;
  readonly random: Random;
  readonly tally: Tally;
  readonly speed: number;
  readonly signal: AbortSignal;
}

interface Open {
  readonly id: string;
  /** For questions. */
  readonly responseSchema?: object | boolean | null;
}

/** Decides and answers what is open, each after a while, until `signal` is aborted. */
export async function bePeople(people: People): Promise<void> {
  const { graph, random, speed, signal, tally } = people;
  // When each will be dealt with; Infinity for what has been.
  const due = new Map<string, number>();
  const open = async (operation: string, deal: (each: Open) => Promise<void>) => {
    for await (const each of all<Open>(graph, operation)) {
      const at = due.get(each.id) ?? Date.now() + random.int(5_000, 60_000) / speed;
      due.set(each.id, at);
      if (at > Date.now() || signal.aborted) continue;
      due.set(each.id, Infinity);
      await deal(each);
    }
  };
  while (!signal.aborted) {
    await outlive(tally, undefined, async () => {
      await open(pendingApprovals, (approval) => decide(people, approval));
      await open(pendingQuestions, (question) => answer(people, question));
    });
    await pause(Math.max(200, 10_000 / speed), signal);
  }
}

const pendingApprovals = `query ($after: String) {
  page: approvals(where: { status: { eq: PENDING } }, first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } }
}`;
const pendingQuestions = `query ($after: String) {
  page: humanInputRequests(where: { status: { eq: PENDING } }, first: 100, after: $after) { nodes { id responseSchema } pageInfo { endCursor hasNextPage } }
}`;

async function decide({ graph, random, tally }: People, { id }: Open): Promise<void> {
  const approve = random.chance(0.9);
  const input = { id, approve, comment: approve ? 'Looks right.' : 'Not like this: the evidence does not carry it.' };
  const { answer: { userErrors } } = await graph.ask<Answered>(`mutation ($input: ResolveApprovalInput!) { answer: resolveApproval(input: $input) { userErrors { code message } } }`, { input });
  // This mutation takes no key: said again because the first answer was lost, it tells who was first.
  if (userErrors.length === 0) tally[approve ? 'approved' : 'rejected']++;
}

async function answer({ graph, random, tally }: People, { id, responseSchema = null }: Open): Promise<void> {
  const input = { id, response: valueForSchema(responseSchema, random) };
  const { answer: { userErrors } } = await graph.ask<Answered>(`mutation ($input: AnswerHumanInputInput!) { answer: answerHumanInput(input: $input) { userErrors { code message } } }`, { input });
  if (userErrors.length === 0) tally.answered++;
  for (const { code, message } of userErrors) if (code === 'INVALID') count(tally.refusals, `answerHumanInput: ${message}`);
}

interface Answered {
  readonly answer: { readonly userErrors: readonly UserError[] };
}
