import { membershipIdOf, memberships } from '../audiences/membership-record.ts';
import type { ImportMapping, Rejection, RejectionCode } from '@sluice/shared/http-api';
import { createAliases } from '../identities/aliases.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { type ImportedRow, reject } from './compile-mapping.ts';
import type { ImportTarget, TargetDeps, Writing } from './import-target.ts';

/** Rows matched together where an index finds the profiles. */
const BATCH = 1000;
/** Where none does, each batch goes through all profiles: fewer, larger ones. */
const SCANNED_BATCH = 20_000;
const INDEXED = new Set(['email']);

type Found = ReadonlyMap<string, readonly string[]>;

/**
 * Rows as members of a manual audience or of the snapshot that is made for the file, found by their user id or by an attribute. Each row counts once: as a member, as
 * somebody nobody knows, or as one that stood further up already. The first row that brought a member in is remembered with
 * its membership, so that a batch done again tells the same.
 */
export function createMemberTarget(
  deps: TargetDeps,
  { importId, journal, mapping }: Writing,
  { audience, by }: NonNullable<ImportMapping['members']>,
): ImportTarget {
  const stored = deps.database.collection(memberships);
  const find = by === undefined ? findByUserId(deps.database) : findByAttribute(deps.database, by);
  const column = mapping.identity.kind === 'column' ? mapping.identity.column : null;
  const prefix = `import:${importId}:`;
  const rowOf = (effects: readonly string[] = []) =>
    effects.find((effect) => effect.startsWith(prefix))?.slice(prefix.length);

  async function readRows(ids: readonly string[]) {
    const found = await stored
      .find({ _id: { $in: ids.map((id) => membershipIdOf(audience, id)) } })
      .project<{ profileId: string; isMember: boolean; appliedEffects?: string[] }>({
        profileId: 1,
        isMember: 1,
        appliedEffects: 1,
      })
      .toArray();
    return {
      /** The row of this import that brought each in. */
      broughtBy: new Map(
        found.flatMap(({ profileId, appliedEffects }) => {
          const row = rowOf(appliedEffects);
          return row === undefined ? [] : [[profileId, Number(row)] as const];
        }),
      ),
      members: new Set(found.flatMap(({ profileId, isMember }) => (isMember ? [profileId] : []))),
    };
  }

  return {
    batch: by === undefined || INDEXED.has(by) ? BATCH : SCANNED_BATCH,
    async write(rows, firstRow) {
      if (rows.length === 0) return [];
      const found = await find([...new Set(rows.map(({ userId }) => userId))]);
      const { broughtBy, members } = await readRows(
        [...found.values()].flatMap((ids) => (ids.length === 1 ? ids : [])),
      );
      const rejections: Rejection[] = [];
      const matched = new Map<string, number>();
      for (const row of rows) {
        const verdict = judge(row, found, broughtBy, matched);
        if ('code' in verdict)
          rejections.push(reject(row, { code: verdict.code, column, value: row.userId }).rejection);
        else matched.set(verdict.profileId, row.number);
      }
      const newcomers = [...matched.keys()].filter((profileId) => !members.has(profileId));
      await journal.note(firstRow, 0, { members: newcomers });
      const changes = [...matched].map(([profileId, row]) => ({
        audience,
        profileId,
        change: 'add' as const,
        isFromFile: true as const,
        effectId: `${prefix}${row}`,
      }));
      for (let from = 0; from < changes.length; from += BATCH)
        await deps.changer.apply(changes.slice(from, from + BATCH));
      return rejections;
    },
  };
}

function judge(
  { userId, number }: ImportedRow,
  found: Found,
  broughtBy: ReadonlyMap<string, number>,
  matched: ReadonlyMap<string, number>,
): { profileId: string } | { code: RejectionCode } {
  const [profileId, another] = found.get(userId) ?? [];
  if (profileId === undefined) return { code: 'id-unknown' };
  if (another !== undefined) return { code: 'id-ambiguous' };
  const first = matched.get(profileId) ?? broughtBy.get(profileId) ?? number;
  return first === number ? { profileId } : { code: 'id-duplicate' };
}

function findByUserId(database: Database) {
  const aliases = createAliases({ database });
  return async (userIds: readonly string[]): Promise<Found> => {
    const own = new Map(userIds.map((userId) => [userId, profileIdOf({ userId })]));
    const merged = await aliases.of(own.values());
    const ids = [...own.values()].map((id) => merged.get(id) ?? id);
    const known = await database
      .collection(profiles)
      .find({ _id: { $in: [...new Set(ids)] } })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    const present = new Set(known.map(({ _id }) => _id));
    return new Map(
      [...own].flatMap(([userId, id]) => {
        const into = merged.get(id) ?? id;
        return present.has(into) ? [[userId, [into]] as const] : [];
      }),
    );
  };
}

/** The file holds texts; an attribute may hold the same as a number. */
function findByAttribute(database: Database, attribute: string) {
  const path = `attributes.${attribute}`;
  return async (texts: readonly string[]): Promise<Found> => {
    const numbers = texts.filter((text) => String(Number(text)) === text).map(Number);
    const cursor = database
      .collection(profiles)
      .find({ [path]: { $in: [...texts, ...numbers] } } as object)
      .project<{ _id: string; attributes: Record<string, unknown> }>({ [path]: 1 });
    const found = new Map<string, string[]>();
    for await (const { _id, attributes } of cursor) {
      const text = String(attributes[attribute]);
      found.set(text, [...(found.get(text) ?? []), _id]);
    }
    return found;
  };
}
