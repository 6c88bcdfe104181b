import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { AppError } from '@sluice/shared/errors';

/**
 * Never a mail server: link-local (where clouds answer with credentials), unspecified, multicast, reserved, and the
 * metadata addresses outside those ranges.
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

/** RFC 1918, RFC 6598, loopback and unique local addresses: a relay of one's own, or somebody else's inner server. */
const PRIVATE = blockList(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
);

/**
 * The IP address to connect to. The name is resolved here and connected to by address, so that a name which changes its
 * answer after the check gains nothing. Throws `provider-invalid` for an address that no mail server has, for a private
 * one unless allowed, and for an unknown name.
 */
export async function resolveSmtpHost(host: string, options: { allowPrivate: boolean }): Promise<string> {
  const addresses = isIP(host) ? [host] : await resolveName(host);
  for (const address of addresses) {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (FORBIDDEN.check(address, family))
      throw refuse(host, `${host} is ${address}, where no mail server can be`, 'forbidden');
    if (!options.allowPrivate && PRIVATE.check(address, family))
      throw refuse(host, `${host} is ${address}, a private address; SMTP_ALLOW_PRIVATE=yes allows it`, 'private');
  }
  return addresses[0] as string;
}

async function resolveName(host: string): Promise<string[]> {
  try {
    const found = await lookup(host, { all: true });
    if (found.length > 0) return found.map(({ address }) => address);
  } catch (cause) {
    throw refuse(host, `No server is known under the name ${host}`, 'unknown', cause);
  }
  throw refuse(host, `No server is known under the name ${host}`, 'unknown');
}

function refuse(host: string, message: string, problem: string, cause?: unknown): AppError {
  return new AppError('provider-invalid', message, { cause, details: { problem, host } });
}

function blockList(...subnets: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, isIPv6(address) ? 'ipv6' : 'ipv4');
  return list;
}
