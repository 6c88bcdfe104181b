import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { kindOfAddress } from './address-rules.ts';

export type HostProblem = 'forbidden' | 'private' | 'unknown';

/** A host that must not be connected to, or that nobody knows. The message names it and says what it is. */
export class HostRefused extends Error {
  readonly problem: HostProblem;
  readonly host: string;

  constructor(host: string, problem: HostProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'HostRefused';
    this.problem = problem;
    this.host = host;
  }
}

/** All addresses of a name. The system's resolver, unless a test brings its own. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const askSystem: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

export interface HostRules {
  allowPrivate: boolean;
  resolve?: Resolve;
}

/**
 * The IP addresses to connect to, in the resolver's order. The name is resolved here and must be connected to by these
 * addresses, so that a name which changes its answer after the check gains nothing. One address that must not be reached
 * refuses the whole name: nothing says which of them a connection would take. Throws `HostRefused`.
 */
export async function resolveHost(host: string, { allowPrivate, resolve = askSystem }: HostRules): Promise<string[]> {
  const addresses = isIP(host) ? [host] : await resolveName(host, resolve);
  for (const address of addresses) {
    const kind = kindOfAddress(address);
    if (kind === 'forbidden')
      throw new HostRefused(host, kind, `${host} is ${address}, where no server may be reached`);
    if (kind === 'private' && !allowPrivate)
      throw new HostRefused(host, kind, `${host} is ${address}, a private address`);
  }
  return [...addresses];
}

async function resolveName(host: string, resolve: Resolve): Promise<readonly string[]> {
  let found: readonly string[] = [];
  try {
    found = await resolve(host);
  } catch (cause) {
    throw new HostRefused(host, 'unknown', `No server is known under the name ${host}`, cause);
  }
  if (found.length > 0) return found;
  throw new HostRefused(host, 'unknown', `No server is known under the name ${host}`);
}
