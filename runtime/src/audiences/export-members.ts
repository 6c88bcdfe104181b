import { type ProfileRecord, profiles, type StoredValue } from '../profiles/profile-record.ts';
import { defuseFormula, writeCsvRow } from '../profiles/write-csv.ts';
import type { Database } from '../stores/database.ts';
import { memberships, rangeOf } from './membership-record.ts';

/** What is shown of a value; `userId` counts as an attribute here. */
export type ValueMask = (attribute: string, value: StoredValue) => StoredValue;

const BATCH = 1000;

/**
 * The members of an audience as CSV, in the order of profile ids, a batch in memory at a time. Begins with a byte order
 * mark, without which spreadsheets guess the encoding.
 */
export async function* exportMembers(
  database: Database,
  audienceId: string,
  attributes: readonly string[],
  mask: ValueMask,
  /** Told how many members each piece adds. */
  count: (members: number) => void = () => {},
): AsyncGenerator<string> {
  yield `\ufeff${writeCsvRow(['user_id', 'member_since', ...attributes].map(defuseFormula))}\r\n`;
  for (let afterId: string | undefined; ; ) {
    const page = await database
      .collection(memberships)
      .find({ _id: rangeOf(audienceId, afterId), isMember: true })
      .project<{ profileId: string; since: Date }>({ profileId: 1, since: 1 })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    const known = await readProfiles(database, page, attributes);
    const rows = page.flatMap(({ profileId, since }) => {
      const profile = known.get(profileId);
      if (!profile) return [];
      const values = attributes.map((name) => toText(mask(name, profile.attributes?.[name] ?? null)));
      return [writeCsvRow([toText(mask('userId', profile.userId)), since.toISOString(), ...values])];
    });
    count(rows.length);
    if (rows.length > 0) yield `${rows.join('\r\n')}\r\n`;
    if (page.length < BATCH) return;
    afterId = page.at(-1)?.profileId;
  }
}

type Shown = Pick<ProfileRecord, '_id' | 'userId'> & Partial<Pick<ProfileRecord, 'attributes'>>;

async function readProfiles(
  database: Database,
  page: readonly { profileId: string }[],
  attributes: readonly string[],
): Promise<Map<string, Shown>> {
  const shown = Object.fromEntries(['userId', ...attributes.map((name) => `attributes.${name}`)].map((at) => [at, 1]));
  const found = await database
    .collection(profiles)
    .find({ _id: { $in: page.map(({ profileId }) => profileId) } })
    .project<Shown>(shown)
    .toArray();
  return new Map(found.map((profile) => [profile._id, profile]));
}

/** Only texts can be taken for formulas; a negative number is one. */
function toText(value: StoredValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return defuseFormula(value);
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
