import type { Tables } from '../rows.ts';
import type { Story } from '../story.ts';
import { makeAgentWorkers, makePeople } from './people.ts';
import { makePositions } from './positions.ts';
import { makeDepartments, makeTeams } from './structure.ts';
import { makeMemberships, makeUnits } from './units.ts';

/** The workforce domain: people and agents in departments and teams, the positions they hold, and units beside all that. */
export function makeWorkforce(story: Story): Tables {
  const { cast } = story;
  const people = makePeople(cast);
  const agents = makeAgentWorkers(story);
  const workers = [...people, ...agents];
  const departments = makeDepartments(cast);
  const { positions, assignments } = makePositions(cast, workers);
  const units = makeUnits(cast);
  return {
    // Before their teams, whose leads they are: the reference to the team is checked at the commit.
    workers: workers.map(({ row }) => row),
    departments,
    teams: makeTeams(cast, departments),
    positions,
    positionAssignments: assignments,
    orgUnits: units,
    orgUnitMemberships: makeMemberships(cast, units, people, agents),
  };
}
