import { AppError } from '@sluice/shared/errors';
import type { MemberSource } from '@sluice/shared/http-api';
import type { SourceReader } from '../audiences/member-source.ts';
import { createAliases } from '../identities/aliases.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import type { ReadGate, Statements } from './statements.ts';

/** Ids held in memory while they are sorted. */
const MOST_PEOPLE = 1_000_000;
const BATCH = 5000;

/** The people that a SELECT names, as members of a snapshot. Ids that no profile has are nobody. */
export function createStatementSource(deps: {
  database: Database;
  statements: Statements;
  /** What the product itself may read when nobody asks. */
  mayRead: ReadGate;
}): SourceReader<Extract<MemberSource, { kind: 'sql' }>> {
  const stored = deps.database.collection(profiles);
  const aliases = createAliases(deps);

  async function profileIdsOf({ kind, ids }: { kind: 'profile-id' | 'user-id'; ids: string[] }): Promise<string[]> {
    // An event may still carry the id of a profile that has become part of another one.
    const merged = kind === 'profile-id' ? await aliases.of(ids) : new Map<string, string>();
    const wanted = [...new Set(ids.map((id) => merged.get(id) ?? id))];
    const found = await stored
      .find(kind === 'user-id' ? { userId: { $in: wanted } } : { _id: { $in: wanted } })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  return {
    prepare: async () => null,
    async *survey({ statement }, _plan, instant, { afterId = '' }) {
      const people = new Set<string>();
      for await (const batch of deps.statements.people(statement, instant.now, deps.mayRead)) {
        for (const id of await profileIdsOf(batch)) people.add(id);
        if (people.size > MOST_PEOPLE) throw tooMany();
      }
      const ids = [...people].filter((id) => id > afterId).sort();
      for (let from = 0; from < ids.length; from += BATCH) {
        const profileIds = ids.slice(from, from + BATCH);
        const upToId = profileIds.at(-1);
        if (upToId !== undefined) yield { upToId, profileIds };
      }
    },
  };
}

function tooMany(): AppError {
  const problem = {
    'en-US': `The statement names more than ${MOST_PEOPLE.toLocaleString('en-US')} people. Narrow it down.`,
    'zh-CN': `语句选出的人数超过 ${MOST_PEOPLE.toLocaleString('zh-CN')}，请缩小范围。`,
  };
  return new AppError('statement-invalid', problem['en-US'], { details: { problem } });
}
