import { makeAssignments } from './assignments.ts';
import { makeBlueprints, makeFactoryTypes } from './blueprints.ts';
import { budgetOfFactory, teamOfFactory } from './cast.ts';
import { makeDevEnvironments } from './environments.ts';
import { makeTeamMembers } from './team.ts';
import { makeFactoryTokenEvents } from './token-events.ts';
import { after, day, minute, type Row, type Tables } from '../rows.ts';
import type { Story } from '../story.ts';

/** A factory as the rows of its team, board and environments need to know it. */
export interface DemoFactory extends Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly typeId: string;
  readonly managerId: string | null;
  readonly createdAt: Date;
}

/** The factories domain: kinds and blueprints, the factories, who is in them, what they do and where, and what it cost. */
export function makeFactories(story: Story): Tables {
  const types = makeFactoryTypes(story.cast);
  const blueprints = makeBlueprints(story.cast, types);
  const factories = makeFactoryRows(story, blueprints);
  const members = makeTeamMembers(story.cast, factories);
  const assignments = makeAssignments(story, factories, members);
  return {
    factoryTypes: types,
    factoryBlueprints: blueprints,
    factories,
    factoryTeamMembers: members,
    factoryAssignments: assignments,
    factoryDevEnvironments: makeDevEnvironments(story.cast, factories, members),
    factoryTokenEvents: makeFactoryTokenEvents(story, assignments),
  };
}

const names = ['Invoice desk', 'Release train', 'Market watch', 'First-line care', 'Contract review', 'Data plumbing'];

/** Those of the cast, which runs work for, are at work; one of our own for each other status. */
function makeFactoryRows({ cast, agents }: Story, blueprints: readonly { id: string; typeId: string }[]): DemoFactory[] {
  const { orgId, makeId, founded, now, people } = cast;
  const row = (id: string, createdAt: Date, number: number, extra: Row): DemoFactory => {
    const blueprint = blueprints[number % blueprints.length];
    return {
      id, orgId, createdAt, updatedAt: createdAt, name: names[number] as string, typeId: blueprint?.typeId as string, status: 'ACTIVE', managerId: people[40 + number * 10] as string,
      managerAgentId: number % 2 === 0 ? (agents[number]?.id ?? null) : null, teamId: null, budgetId: null, blueprintId: blueprint?.id, description: `${names[number] ?? ''}: people and agents who share a board.`, ...extra,
    };
  };
  const other = (status: string, name: string, at: Date, updatedAt: Date, number: number): DemoFactory =>
    row(makeId('Factory', at), at, number, { name, status, updatedAt, managerId: null, managerAgentId: null, blueprintId: null, description: null });
  return [
    ...cast.factories.map((id, i) => row(id, after(founded, i * minute), i, { teamId: teamOfFactory(cast, i), budgetId: budgetOfFactory(cast, i), updatedAt: after(founded, 2 * day + i * minute) })),
    other('PROVISIONING', 'Winter campaign', after(now, -2 * day), after(now, -2 * day), 0),
    other('PAUSED', 'Translation pool', after(now, -90 * day), after(now, -9 * day), 1),
    other('ARCHIVED', 'Summer pilot', after(founded, day), after(now, -40 * day), 2),
  ];
}
