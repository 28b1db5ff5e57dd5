import type { FailureMode, Step } from './parse-definition.ts';
import { aRun, aStep } from './plan-fixture.ts';
import { planRun } from './plan.ts';
import type { Attempt, Plan, PlanInput, PlannedApproval, PlannedHandoff } from './plan-types.ts';
import { ancestorsOf } from './step-graph.ts';

/** Mulberry32: the same numbers, from 0 up to 1, for the same seed. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { isLucky: (chance: number) => next() < chance, pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T };
}
type Dice = ReturnType<typeof dice>;

const modes: readonly FailureMode[] = ['halt', 'skip', 'skip', 'retry_once', 'retry_once_then_escalate'];
const conditions = [null, null, null, 'args.yes', '!args.yes', 'args.nothing.at.all'];

function someSteps({ isLucky, pick }: Dice): Step[] {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].slice(0, pick([1, 2, 3, 4, 5, 6, 7]));
  return ids.map((id, i) => aStep(id, {
    dependsOn: ids.slice(0, i).filter(() => isLucky(0.4)), onFailure: pick(modes), condition: pick(conditions), approval: isLucky(0.2), command: isLucky(0.05) ? '{{ args.nothing }}' : 'do it',
  }));
}

interface World { readonly steps: readonly Step[]; readonly runType: PlanInput['runType']; attempts: Attempt[]; approvals: PlannedApproval[]; handoffs: PlannedHandoff[] }
const active = (attempt: Attempt) => ['PENDING', 'HELD', 'DISPATCHED', 'RUNNING'].includes(attempt.status);
const inputOf = ({ steps, runType, attempts, approvals, handoffs }: World) => aRun(steps, { runType, args: { yes: true }, attempts, approvals, handoffs });

/** What the engine does with a plan. */
function carryOut(world: World, { begin, skip, fail, escalate }: Plan): void {
  const made = { output: null, error: null } as const;
  for (const { stepId, attempt, handoffId } of skip) world.attempts.push({ ...made, id: `${stepId}.${attempt}`, stepId, attempt, handoffId, status: 'SKIPPED' });
  for (const { stepId, attempt, handoffId, error } of fail) world.attempts.push({ ...made, id: `${stepId}.${attempt}`, stepId, attempt, handoffId, status: 'FAILED', error });
  for (const { stepId, attempt, handoffId, heldFor } of begin) {
    world.attempts.push({ ...made, id: `${stepId}.${attempt}`, stepId, attempt, handoffId, status: 'HELD' });
    if (heldFor === 'APPROVAL') world.approvals.push({ stepId, stepResultId: `${stepId}.${attempt}`, source: 'WORKFLOW', status: 'PENDING' });
  }
  for (const { stepId, attempt } of escalate) world.approvals.push({ stepId, stepResultId: `${stepId}.${attempt}`, source: 'ESCALATION', status: 'PENDING' });
}

/** Something happens to the run: a person decides, or an attempt ends. */
function happen(world: World, { isLucky, pick }: Dice): void {
  const open = world.approvals.filter(({ status }) => status === 'PENDING');
  const free = world.attempts.filter((attempt) => active(attempt) && !open.some(({ stepResultId }) => stepResultId === attempt.id));
  const asked = free.length === 0 || (open.length > 0 && isLucky(0.4)) ? pick(open) : undefined;
  if (asked) {
    const status = isLucky(0.7) ? 'APPROVED' : 'REJECTED';
    world.approvals = world.approvals.map((each) => (each === asked ? { ...each, status } : each));
    if (status === 'REJECTED' && asked.source === 'WORKFLOW') end(world, asked.stepResultId ?? '', { status: 'FAILED', error: { code: 'REJECTED', message: 'No.', retryable: false } });
    return;
  }
  const { id, stepId } = pick(free);
  const status = pick(['COMPLETED', 'COMPLETED', 'FAILED', 'TIMED_OUT'] as const);
  end(world, id, { status, error: status === 'FAILED' ? { code: 'BROKEN', message: 'It broke.', retryable: isLucky(0.7) } : null, output: { from: id } });
  if (status !== 'COMPLETED' || world.runType !== 'DELEGATED') return;
  while (world.handoffs.length < 8 && isLucky(0.5)) world.handoffs.push({ id: `h${world.handoffs.length}`, toStepId: pick(world.steps).id, payload: stepId });
}

/** The attempts that have ended come in the order in which they did. */
function end(world: World, id: string, how: Partial<Attempt>): void {
  const found = world.attempts.find((attempt) => attempt.id === id) as Attempt;
  world.attempts = [...world.attempts.filter((attempt) => attempt !== found), { ...found, ...how }];
}

/** Plays a run to its end; `look` sees each plan before it is carried out. */
function play(world: World, random: Dice, look: (plan: Plan) => void): NonNullable<Plan['end']> {
  for (let moves = 0; moves < 200; moves++) {
    const plan = planRun(inputOf(world));
    expect(planRun(structuredClone(inputOf(world)))).toEqual(plan);
    look(plan);
    carryOut(world, plan);
    expect(new Set(world.attempts.map(({ id }) => id)).size).toBe(world.attempts.length);
    expect(planRun(inputOf(world))).toEqual({ ...plan, begin: [], skip: [], fail: [], escalate: [] });
    if (plan.end) return plan.end;
    happen(world, random);
  }
  throw new Error('it does not end');
}

const seeds = Array.from({ length: 100 }, (_, seed) => seed);
const lastOf = ({ attempts }: World, stepId: string) => attempts.filter((each) => each.stepId === stepId).reduce((a, b) => (a.attempt > b.attempt ? a : b));

test.each(seeds)('a prescriptive run of any shape ends as its rules say (%i)', (seed) => {
  const random = dice(seed);
  const world: World = { steps: someSteps(random), runType: 'PRESCRIPTIVE', attempts: [], approvals: [], handoffs: [] };
  const { steps } = world;
  const over = (id: string) => world.attempts.some(({ stepId, status }) => stepId === id && (status === 'COMPLETED' || status === 'SKIPPED'));

  const ended = play(world, random, ({ begin, skip }) => {
    for (const { stepId } of begin) {
      expect(world.attempts.filter((attempt) => attempt.stepId === stepId && active(attempt))).toEqual([]);
      const leftOutNow = new Set(skip.map((each) => each.stepId));
      for (const other of steps.find(({ id }) => id === stepId)?.dependsOn ?? []) expect(over(other) || leftOutNow.has(other)).toBe(true);
    }
  });

  if (ended.status === 'FAILED') {
    const { onFailure } = steps.find(({ id }) => id === ended.stepId) as Step;
    expect([onFailure === 'skip', lastOf(world, ended.stepId).status]).toEqual([false, expect.stringMatching(/FAILED|TIMED_OUT/)]);
    return;
  }
  const ancestors = ancestorsOf(new Map(steps.map(({ id, dependsOn }) => [id, dependsOn])));
  const isLost = ({ id, onFailure }: Step) => onFailure === 'skip' && ['FAILED', 'TIMED_OUT'].includes(lastOf(world, id).status);
  for (const step of steps) {
    const isBehindLost = steps.some((other) => ancestors.get(step.id)?.has(other.id) && isLost(other));
    const isFalse = step.condition === '!args.yes';
    expect(lastOf(world, step.id).status).toBe(isBehindLost || isFalse ? 'SKIPPED' : isLost(step) ? lastOf(world, step.id).status : 'COMPLETED');
  }
});

test.each(seeds)('a delegated run of any shape takes every handoff once, and ends (%i)', (seed) => {
  const random = dice(seed);
  const world: World = { steps: someSteps(random), runType: 'DELEGATED', attempts: [], approvals: [], handoffs: [] };
  const ended = play(world, random, ({ begin }) => {
    expect(new Set(begin.map(({ stepId }) => stepId)).size).toBe(begin.length);
    for (const { stepId } of begin) expect(world.attempts.filter((attempt) => attempt.stepId === stepId && active(attempt))).toEqual([]);
  });
  if (ended.status === 'FAILED') return;
  for (const { id, toStepId } of world.handoffs) {
    const taken = world.attempts.filter(({ handoffId }) => handoffId === id);
    expect(new Set(taken.map(({ stepId }) => stepId))).toEqual(new Set([toStepId]));
    expect(taken.filter(({ status }) => status === 'COMPLETED').length).toBeLessThanOrEqual(1);
  }
  expect(world.attempts.filter(active)).toEqual([]);
});
