import type { FlowVersion } from '@sluice/shared/http-api';

/** How a version is called behind the word "version": its number, and its name if people gave it one. */
export function versionLabel({ version, name }: Pick<FlowVersion, 'version' | 'name'>): string {
  return name ? `${version} · ${name}` : String(version);
}
