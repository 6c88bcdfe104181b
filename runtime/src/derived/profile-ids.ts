import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';

/** Profiles worked on together; what a crash repeats. */
const BATCH = 2000;

/** The ids of all profiles behind one, in their order, a batch at a time. */
export async function* idsBehind(database: Database, behind: string | undefined): AsyncGenerator<string[]> {
  for (let afterId = behind ?? ''; ; ) {
    const page = await database
      .collection(profiles)
      .find({ _id: { $gt: afterId } })
      .project<{ _id: string }>({ _id: 1 })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    const last = page.at(-1);
    if (!last) return;
    yield page.map(({ _id }) => _id);
    afterId = last._id;
  }
}
