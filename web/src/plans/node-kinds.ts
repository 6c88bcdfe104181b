import type { InstalledTemplate } from '@sluice/shared/http-api';
import type { AnyManifest, ManifestIndex } from '@sluice/shared/node-contract';
import {
  changesBetween,
  compareVersions,
  isBreaking,
  kindOfTemplate,
  readTemplateKind,
  toManifest,
} from '@sluice/shared/node-template';
import { nodeManifests } from '@sluice/templates/manifests';
import type { KindUpgrade, NodeCatalog } from '../editor/catalog.ts';

const known = new Map<string, AnyManifest>(nodeManifests.map((manifest) => [manifest.kind, manifest]));
const published = new Map<string, InstalledTemplate>();
const listeners = new Set<() => void>();
let offered: readonly AnyManifest[] = nodeManifests;
let revision = 0;

/** Every kind that is known here, for checks and words; grows while the app is open. */
export const manifests: ManifestIndex = known;

/** Every kind as the editor wants them. Of a published template the newest version that is available is offered. */
export const nodeKinds: NodeCatalog = {
  get kinds() {
    return offered;
  },
  find: (kind) => known.get(kind),
  upgradeOf,
};

/** Takes in what the server says is published; the same news again changes nothing. */
export function takeInstalled(items: readonly InstalledTemplate[]): void {
  const isNews = items.some((item) => JSON.stringify(published.get(kindOf(item))) !== JSON.stringify(item));
  if (isNews) {
    for (const item of items) {
      const { manifest, grant, state, note } = item;
      published.set(kindOf(item), item);
      known.set(kindOf(item), toManifest(manifest, grant, { state, ...(note !== undefined && { note }) }));
    }
    offered = [...nodeManifests, ...newestByName().flatMap((item) => known.get(kindOf(item)) ?? [])];
  }
  if (!isNews && revision > 0) return;
  revision += 1;
  for (const listener of listeners) listener();
}

/** Rises with what is taken in; 0 before the first time. */
export function revisionOfKinds(): number {
  return revision;
}

export function onKinds(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function kindOf({ manifest }: InstalledTemplate): string {
  return kindOfTemplate(manifest.name, manifest.version);
}

/** Of each template the newest version that is available, by name. */
function newestByName(): InstalledTemplate[] {
  const newest = new Map<string, InstalledTemplate>();
  for (const item of published.values()) {
    const { name, version } = item.manifest;
    if (item.state !== 'available') continue;
    const other = newest.get(name);
    if (!other || compareVersions(version, other.manifest.version) > 0) newest.set(name, item);
  }
  return [...newest.values()].toSorted((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
}

function upgradeOf(kind: string): KindUpgrade | undefined {
  const now = published.get(kind);
  const newest = newestByName().find(({ manifest }) => manifest.name === readTemplateKind(kind)?.name);
  if (!now || !newest || compareVersions(newest.manifest.version, now.manifest.version) <= 0) return undefined;
  const changes = changesBetween(now.manifest, newest.manifest);
  return {
    kind: kindOf(newest),
    from: now.manifest.version,
    to: newest.manifest.version,
    changes,
    isBreaking: changes.some(isBreaking),
    news: {
      'zh-CN': newest.manifest.texts['zh-CN'].changes ?? '',
      'en-US': newest.manifest.texts['en-US'].changes ?? '',
    },
  };
}
