import { idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { budgetLimits, channelStructure, environmentSpec, teamComposition } from './blueprint-parts.ts';

const name = text(1, 200);
const parts = { teamComposition, channelStructure, environmentSpec, budgetLimits };

export const createFactoryBlueprintRules = z.object({ typeId: idOf('FactoryType'), name, ...parts, idempotencyKey });

export const updateFactoryBlueprintRules = z.object({ ...versionedId('FactoryBlueprint'), ...optional({ name, ...parts }) });

export const deleteFactoryBlueprintRules = z.object(versionedId('FactoryBlueprint'));
