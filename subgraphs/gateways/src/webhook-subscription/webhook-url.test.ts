import { webhookUrlFault } from './webhook-url.ts';

const isPrivate = expect.stringMatching(/^must lead to the public internet; \S+ does not$/);

test.each([
  'https://hooks.example.com/forge', 'https://hooks.example.com:8443/a?b=c', 'https://8.8.8.8/', 'https://172.15.0.1/', 'https://172.32.0.1/', 'https://100.128.0.1/',
  'https://[2606:4700:4700::1111]/', 'https://localhost.example.com/', 'https://mylocalhost/', 'https://internal.example.com/', 'https://134744072/',
])('%s is a URL to send to', (url) => expect(webhookUrlFault(url)).toBeUndefined());

test.each([
  ['http://hooks.example.com/', 'must begin with https://'],
  ['ftp://hooks.example.com/', 'must begin with https://'],
  ['javascript:alert(1)', 'must begin with https://'],
  ['not a url', 'is not a URL'],
  ['https://', 'is not a URL'],
  ['https://user:secret@hooks.example.com/', 'must not carry credentials; deliveries are signed instead'],
  ['https://user@hooks.example.com/', 'must not carry credentials; deliveries are signed instead'],
])('%s: %s', (url, fault) => expect(webhookUrlFault(url)).toBe(fault));

test.each([
  // Names that stay at home.
  'localhost', 'LOCALHOST', 'localhost.', 'x.localhost', 'metadata.google.internal', 'printer.local', 'nas.home.arpa',
  // IPv4: this network, private, shared, loopback, link-local, test networks, multicast, reserved, broadcast.
  '0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1',
  '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255',
  // The same in the parser's other notations: decimal, hexadecimal, octal, shortened, with a dot at the end, in full width.
  '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001', '127.1', '10.1', '127.0.0.1.', '0', '１２７.０.０.１', '127。0。0。1', '%31%32%37.0.0.1',
  // IPv6: unspecified, loopback, mapped, compatible, NAT64, link-local, unique local, site-local, multicast, documentation, 6to4, Teredo.
  '[::]', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:8.8.8.8]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[fe80::1]', '[fc00::1]', '[fd12:3456::1]', '[fec0::1]', '[ff02::1]',
  '[2001:db8::1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[0:0:0:0:0:0:0:1]', '[3fff::1]',
])('https://%s/ is nowhere to send to', (host) => expect(webhookUrlFault(`https://${host}/`)).toEqual(isPrivate));
