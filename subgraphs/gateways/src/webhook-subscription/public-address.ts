import { BlockList, isIP } from 'node:net';

// The IANA registries of special-purpose addresses (RFC 6890): whatever the internet does not route to one host.
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) special.addSubnet(network, bits, 'ipv4');
// 6to4 and Teredo carry an IPv4 address inside, which may be anyone's.
for (const [network, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) special.addSubnet(network, bits, 'ipv6');

/** All of IPv6 that is given out; IPv4-mapped addresses, NAT64, link-local and unique local ones lie outside. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address is one of the public internet. A name is none: look it up, and ask for each address it has. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4: return !special.check(address, 'ipv4');
    case 6: return globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default: return false;
  }
}
