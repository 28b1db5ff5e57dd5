import { idempotencyKey, jsonObject, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 200);
const description = text(0, 2_000).nullable();
const defaultConfig = jsonObject();

export const createFactoryTypeRules = z.object({
  name,
  description: description.default(null),
  defaultConfig: defaultConfig.default({}),
  idempotencyKey,
});

export const updateFactoryTypeRules = z.object({
  ...versionedId('FactoryType'),
  ...optional({
    name,
    description,
    defaultConfig,
  }),
});

export const deleteFactoryTypeRules = z.object(versionedId('FactoryType'));
