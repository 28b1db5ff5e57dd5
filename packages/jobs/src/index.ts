export { addJob, type JobTransaction } from './add-job.ts';
export { byAge, removeInBatches, type ByAge, type RetentionClient } from './by-age.ts';
export { openDatabase, type PlainDatabase, type PlainTransaction } from './open-database.ts';
export type { Retention, RowsOf } from './retention.ts';
export { startJobs, type JobRun, type Jobs, type JobsOptions, type JobTask } from './start-jobs.ts';
