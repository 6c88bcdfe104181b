import type { AnyManifest, PortSpec } from '../node-contract/manifest.ts';

export type DisableRefusal =
  | 'disabled-trigger'
  | 'disabled-goal'
  | 'disabled-split'
  | 'disabled-strands'
  | 'disabled-end';

/**
 * By which way out runs pass a node of this kind when it is switched off, or why it cannot be. Pure and total: a node may be
 * switched off because its params are not finished.
 */
export function passOf(
  manifest: AnyManifest,
  params: Record<string, unknown>,
): { port: string } | { refusal: DisableRefusal } {
  if (manifest.category === 'trigger') return { refusal: 'disabled-trigger' };
  if (manifest.goal) return { refusal: 'disabled-goal' };
  if (manifest.strands) return { refusal: 'disabled-strands' };
  const ports = portsFor(manifest, params);
  const [only, ...others] = ports;
  if (!only) return { refusal: 'disabled-end' };
  const port = others.length === 0 ? only.id : manifest.passBy;
  return port !== undefined && ports.some(({ id }) => id === port) ? { port } : { refusal: 'disabled-split' };
}

/** The ways out with these params; those of the defaults where the params do not fit the kind. */
export function portsFor(manifest: AnyManifest, params: Record<string, unknown>): readonly PortSpec[] {
  try {
    return manifest.ports(params);
  } catch {
    // The functions of a kind take sound params only, and nobody asked for these to be so.
    return manifest.ports(manifest.defaults);
  }
}
