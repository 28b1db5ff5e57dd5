import { readFileSync } from 'node:fs';

const ours = /^((?:FORGE_|DATABASE_URL)\w*)_FILE$/;

/**
 * The variables that are given as files: `FORGE_EVENT_SECRETS_FILE=/run/secrets/events` stands for FORGE_EVENT_SECRETS with
 * what is in the file. What stands in the environment itself, engines show to whoever may look at a container.
 */
export function secretsFromFiles(env) {
  const given = Object.entries(env).flatMap(([name, file]) => (file && ours.test(name) ? [[ours.exec(name)[1], file]] : []));
  return Object.fromEntries(given.map(([name, file]) => {
    if (env[name]) throw new Error(`${name}: is set, and so is ${name}_FILE; leave one of them out`);
    try {
      return [name, readFileSync(file, 'utf8').trim()];
    } catch (error) {
      throw new Error(`${name}_FILE: ${error.message}`, { cause: error });
    }
  }));
}
