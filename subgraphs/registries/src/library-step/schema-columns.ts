import { Prisma } from '@forge/prisma-registries';

type Schema = Prisma.InputJsonValue | null | undefined;

/** The two schemas as Prisma takes them: null, which clears, is DbNull, and what was not given stays out. */
export function schemaColumns(inputSchema: Schema, outputSchema: Schema) {
  return {
    ...(inputSchema !== undefined && { inputSchema: inputSchema ?? Prisma.DbNull }),
    ...(outputSchema !== undefined && { outputSchema: outputSchema ?? Prisma.DbNull }),
  };
}
