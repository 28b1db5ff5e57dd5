export { organisations, type Organisation } from './cast.ts';
export { createRandom, type Random } from './random.ts';
export { seedIfEmpty, type SeedOptions, type SeedOutcome } from './seed.ts';
