import { Prisma } from '@forge/prisma-analytics';

/** The columns of an aggregate that add up. */
export const figures = ['inputTokens', 'outputTokens', 'cachedInputTokens', 'thinkingTokens', 'costCents', 'eventCount', 'runCount', 'successCount', 'failureCount'] as const;

/** `"inputTokens", "outputTokens", …` */
export const figureColumns = Prisma.raw(figures.map((figure) => `"${figure}"`).join(', '));

/** `sum("inputTokens") AS "inputTokens", …` */
export const figureSums = Prisma.raw(figures.map((figure) => `sum("${figure}") AS "${figure}"`).join(', '));

/** `"inputTokens" = stored."inputTokens" + <from>."inputTokens", …`, for an UPDATE of "costAggregates" AS stored. */
export function addFigures(from: 'EXCLUDED' | 'bucket'): Prisma.Sql {
  return Prisma.raw(figures.map((figure) => `"${figure}" = stored."${figure}" + ${from}."${figure}"`).join(', '));
}
