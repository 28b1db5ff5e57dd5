/** Which attempts have been handed out, and to which claim. One book for all runtimes: between them they see every claim. */
export interface Book {
  /** False when the attempt had been handed to another claim before. */
  handOut(stepResultId: string, claim: string): boolean;
}

/** So many at a time are remembered: by far more than are under way. */
const size = 200_000;

export function openBook(): Book {
  const claims = new Map<string, string>();
  return {
    handOut(stepResultId, claim) {
      const first = claims.get(stepResultId) ?? claim;
      claims.set(stepResultId, first);
      const [oldest] = claims.keys();
      if (claims.size > size && oldest !== undefined) claims.delete(oldest);
      return first === claim;
    },
  };
}
