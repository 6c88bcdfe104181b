import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** What may be reached at an IP address: `forbidden` never, `private` only where the workspace allows it. */
export type AddressKind = 'public' | 'private' | 'forbidden';

/**
 * Nothing that we may talk to: link-local (where clouds answer with credentials), unspecified, multicast, reserved, and
 * the metadata addresses outside those ranges.
 */
const FORBIDDEN = blockList(
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['224.0.0.0', 3],
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
);

/**
 * RFC 1918, RFC 6598, RFC 2544, loopback, unique and site local addresses, and the old forms that carry an IPv4 address
 * (RFC 4291 section 2.5.5.1): a server of one's own, or somebody else's inner one.
 */
const PRIVATE = blockList(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::', 96],
  ['fc00::', 7],
  ['fec0::', 10],
);

/** Judges one IP address, IPv4-mapped and translated IPv6 forms by the IPv4 address inside them. */
export function kindOfAddress(address: string): AddressKind {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (FORBIDDEN.check(address, family)) return 'forbidden';
  return PRIVATE.check(address, family) ? 'private' : 'public';
}

function blockList(...subnets: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) {
    list.addSubnet(address, prefix, isIPv6(address) ? 'ipv6' : 'ipv4');
    if (!isIPv4(address)) continue;
    // NAT64 (RFC 6052) and 6to4 (RFC 3056): a translator on the way would turn them into the IPv4 address again.
    list.addSubnet(`64:ff9b::${address}`, 96 + prefix, 'ipv6');
    list.addSubnet(`2002:${asGroups(address)}::`, 16 + prefix, 'ipv6');
  }
  return list;
}

function asGroups(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
