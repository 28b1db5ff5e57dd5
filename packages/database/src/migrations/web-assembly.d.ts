// The part of the WebAssembly JavaScript interface that engine.ts uses; TypeScript has it only in the browser's library.
declare namespace WebAssembly {
  type Exports = Record<string, unknown>;
  function instantiate(bytes: Uint8Array, imports: Record<string, unknown>): Promise<{ instance: { exports: Exports } }>;
}
