interface ReadyMessage {
  readonly ready: string;
}

/** Says on the terminal that this process answers at `address`, and tells its supervisor where there is one. */
export function announceReady(line: string, address: string): void {
  console.log(line);
  // A supervisor that is gone by now is noticed by the channel's closing, not here.
  if (process.connected) process.send?.({ ready: address } satisfies ReadyMessage, undefined, undefined, () => undefined);
}

/** The address in what a supervised process says over its IPC channel; undefined when it says something else. */
export function readyAddressIn(message: unknown): string | undefined {
  return typeof message === 'object' && message !== null && 'ready' in message && typeof message.ready === 'string' ? message.ready : undefined;
}
