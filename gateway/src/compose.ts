// Apart from the gateway, which composes in a thread of its own: who starts one need not load all that composing takes.
export { composeFiles, type ComposedFile } from './supergraph/supergraph-files.ts';
