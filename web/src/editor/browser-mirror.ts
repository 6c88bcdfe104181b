import { type Static, Type } from 'typebox';
import Value from 'typebox/value';
import { Graph } from '@sluice/shared/graph';
import type { DraftMirror, MirroredDraft } from './draft-store.ts';
import { documentOf, graphOf } from './flow-document.ts';

const Entry = Type.Object({
  name: Type.String(),
  graph: Graph,
  baseRevision: Type.Integer(),
  at: Type.Number(),
});
type Entry = Static<typeof Entry>;

export interface BrowserMirrorOptions {
  storage: Storage;
  /** Absent outside a secure context: then what lies there counts as left behind by a tab that is gone. */
  locks: LockManager | undefined;
  /** Edits are put back only for the account that made them. */
  accountId: string;
  flowId: string;
  /** Unique to this visit of the page. */
  visitId: string;
  now(): number;
}

/**
 * Unsaved edits in local storage, one entry per open tab: two tabs on one flow must not overwrite each other. A tab holds
 * a lock named like its entry for as long as it lives, by which another visit tells a living tab from a crashed one.
 */
export function createBrowserMirror(options: BrowserMirrorOptions): DraftMirror {
  const { storage, locks, now } = options;
  const prefix = `sluice.draft/${options.accountId}/${options.flowId}/`;
  const ownKey = prefix + options.visitId;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  void locks?.request(ownKey, () => held);

  async function livingKeys(): Promise<Set<string>> {
    const { held = [] } = (await locks?.query()) ?? {};
    return new Set(held.flatMap((lock) => lock.name ?? []));
  }

  function read(key: string): MirroredDraft | undefined {
    const entry = parse(storage.getItem(key) ?? '');
    if (!entry) return undefined;
    return { key, document: documentOf(entry.name, entry.graph), baseRevision: entry.baseRevision, at: entry.at };
  }

  return {
    write(document, baseRevision) {
      const entry: Entry = { name: document.name, graph: graphOf(document), baseRevision, at: now() };
      try {
        storage.setItem(ownKey, JSON.stringify(entry));
        return true;
      } catch {
        return false; // storage full or switched off: the caller shows it and asks before the page is left
      }
    },
    clear: () => storage.removeItem(ownKey),
    async listLeftovers() {
      const living = await livingKeys();
      return Object.keys(storage)
        .filter((key) => key.startsWith(prefix) && key !== ownKey && !living.has(key))
        .flatMap((key) => read(key) ?? [])
        .toSorted((a, b) => b.at - a.at);
    },
    discard: (key) => storage.removeItem(key),
    release,
  };
}

function parse(text: string): Entry | undefined {
  try {
    const candidate: unknown = JSON.parse(text);
    return Value.Check(Entry, candidate) ? candidate : undefined;
  } catch {
    return undefined; // written by something else, or cut off: there is nothing in it to put back
  }
}
