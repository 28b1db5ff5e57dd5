export { organisations, type Organisation } from './cast.ts';
export { demoOutput } from './workflow/demo-output.ts';
export { createRandom, type Random } from './random.ts';
export { seedIfEmpty, type SeedOptions, type SeedOutcome } from './seed.ts';
