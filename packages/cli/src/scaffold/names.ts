/** `WorkflowRun` as `workflowRun`. */
export function camel(type: string): string {
  return `${type[0]?.toLowerCase() ?? ''}${type.slice(1)}`;
}

/** `workflowRun` or `WorkflowRun` as `workflow-run`. */
export function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

/** The same as `workflow run`, for people. */
export function words(name: string): string {
  return kebab(name).replaceAll('-', ' ');
}

/** `workflowRun` as `WORKFLOW_RUN`. */
export function upper(name: string): string {
  return kebab(name).replaceAll('-', '_').toUpperCase();
}

/** `status` as `Status`. */
export function pascal(name: string): string {
  return `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
}

/** English: `factories`, `accesses`, `runs`. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** `an agent`, `a workflow`. */
export function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
