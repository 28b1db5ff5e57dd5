import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** What is wrong with a URL to send events to; undefined when nothing is. What a name leads to is looked at when something is sent. */
export function webhookUrlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL';
  // The parser has made one notation of all there are: decimal, octal, hexadecimal, shortened.
  const { protocol, username, password, hostname } = new URL(text);
  if (protocol !== 'https:') return 'must begin with https://';
  if (username || password) return 'must not carry credentials; deliveries are signed instead';
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isPublic = isIP(host) ? isPublicAddress(host) : !isPrivateName(host);
  return isPublic ? undefined : `must lead to the public internet; ${host} does not`;
}

/** RFC 6761 (localhost), RFC 6762 (local), RFC 8375 (home.arpa), and what ICANN has set aside for private use (internal). */
function isPrivateName(name: string): boolean {
  return /(^|\.)(localhost|local|internal|home\.arpa)$/.test(name);
}
