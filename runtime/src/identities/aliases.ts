import type { Database } from '../stores/database.ts';
import { ALIAS_STATUSES, type MergeRecord, profileMerges } from './merge-record.ts';

/** Which profile an id stands for since profiles were merged. */
export interface Aliases {
  /** Those of the ids that were absorbed, with the profile that goes on: one index look-up for all, one more per link of a chain. */
  of(profileIds: Iterable<string>): Promise<Map<string, string>>;
  /** The ids that each of the profiles has absorbed, directly or through others; without those that absorbed none. */
  absorbedBy(profileIds: Iterable<string>): Promise<Map<string, string[]>>;
}

export function createAliases({ database }: { database: Database }): Aliases {
  const stored = database.collection(profileMerges);
  const links = (filter: object) =>
    stored
      .find({ ...filter, isInForce: true, status: { $in: ALIAS_STATUSES } })
      .project<Pick<MergeRecord, 'from' | 'into'>>({ _id: 0, from: 1, into: 1 })
      .toArray();

  return {
    async of(profileIds) {
      const next = new Map<string, string>();
      const asked = [...new Set(profileIds)];
      for (let open = asked; open.length > 0; ) {
        const found = await links({ from: { $in: open } });
        for (const { from, into } of found) next.set(from, into);
        open = [...new Set(found.map(({ into }) => into))].filter((id) => !next.has(id));
      }
      return new Map(asked.filter((id) => next.has(id)).map((id) => [id, lastOf(id, next)]));
    },
    async absorbedBy(profileIds) {
      const absorbed = new Map<string, string[]>();
      const ownerOf = new Map([...profileIds].map((id) => [id, id]));
      for (let open = [...ownerOf.keys()]; open.length > 0; ) {
        const found = (await links({ into: { $in: open } })).filter(({ from }) => !ownerOf.has(from));
        for (const { from, into } of found) {
          const owner = ownerOf.get(into) as string;
          ownerOf.set(from, owner);
          absorbed.set(owner, [...(absorbed.get(owner) ?? []), from]);
        }
        open = found.map(({ from }) => from);
      }
      return absorbed;
    },
  };
}

function lastOf(id: string, next: ReadonlyMap<string, string>): string {
  let last = id;
  for (let into = next.get(last); into !== undefined; into = next.get(last)) last = into;
  return last;
}
