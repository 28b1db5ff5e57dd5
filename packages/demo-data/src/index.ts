export { seedIfEmpty, type SeedOptions, type SeedOutcome } from './seed.ts';
