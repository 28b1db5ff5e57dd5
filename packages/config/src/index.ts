export { OperatorError } from './operator-error.ts';
export { ConfigError, readConfig, type Environment } from './read-config.ts';
