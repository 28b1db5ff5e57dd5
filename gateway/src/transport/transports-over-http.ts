import type { PrincipalSigner } from '@forge/auth';
import { httpTransport } from './http-transport.ts';
import type { Transport, TransportTo } from './transport.ts';

export interface TransportsOverHttpOptions {
  /** Where a subgraph answers. */
  urlOf(subgraph: { readonly name: string; readonly url: string }): string;
  readonly sign: PrincipalSigner;
}

/** A transport for each subgraph, and another when its address changes. An address that is none leads nowhere. */
export function transportsOverHttp({ urlOf, sign }: TransportsOverHttpOptions): TransportTo {
  const made = new Map<string, Transport>();
  return (subgraph) => {
    const url = urlOf(subgraph);
    if (!URL.canParse(url)) return undefined;
    const key = `${subgraph.name} ${url}`;
    const transport = made.get(key) ?? httpTransport(url, { subgraph: subgraph.name, sign });
    made.set(key, transport);
    return transport;
  };
}
