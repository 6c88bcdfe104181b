import { type Condition, usedNames } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { RecentConditions } from '../conditions/recent-conditions.ts';
import { accountOf } from '../http/caller.ts';
import type { Caller, Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import { addPeople } from './add-people.ts';
import type { AudienceList } from './audience-list.ts';
import type { AudienceRecord } from './audience-record.ts';
import { type Audiences, wrongState } from './audiences.ts';
import type { MemberChanger } from './change-members.ts';
import { countOverlaps } from './count-overlaps.ts';
import { findUses } from './find-uses.ts';
import { type NamesDeps, readNames } from './read-names.ts';

export interface SavedAudienceDeps extends NamesDeps {
  database: Database;
  reader: Pick<ConditionReader, 'errorsOf'>;
  audiences: Audiences;
  audienceList: AudienceList;
  changer: MemberChanger;
  recent: Pick<RecentConditions, 'note'>;
  readLevels: ReadLevels;
}

export function registerSavedAudienceRoutes(serve: Serve, deps: SavedAudienceDeps): void {
  const { audiences, audienceList: list, database } = deps;
  const describe = async (audience: AudienceRecord) =>
    list.describe(audience, await readNames(deps), await problemsOf(audience));
  const problemsOf = async ({ condition }: AudienceRecord) =>
    condition ? (await deps.reader.errorsOf([condition])).flat() : [];

  const lensOf = (caller: Caller) => deps.readLevels.of(accountOf(caller).role);
  const demandUse = async (condition: Condition | undefined, caller: Caller) => {
    if (condition) (await lensOf(caller)).demandUse(usedNames(condition));
  };

  serve(api.audiences.listAudiences, ({ query }) => list.list(query));
  serve(api.audiences.createAudience, async ({ body, caller }) => {
    await demandUse(body.condition, caller);
    const audience = await audiences.create(body, accountOf(caller));
    await deps.recent.note(accountOf(caller).id, body.condition);
    return describe(audience);
  });
  serve(api.audienceSources.createFromList, async ({ body, caller }) => {
    if (body.list.kind === 'members') await audiences.get(body.list.audienceId);
    return describe(await audiences.create({ ...body, kind: 'manual' }, accountOf(caller)));
  });
  serve(api.audienceSources.overlaps, async ({ body }) => {
    for (const id of body.audienceIds) await audiences.get(id);
    return { overlaps: await countOverlaps(database, body.audienceIds) };
  });
  serve(api.audiences.getAudience, async ({ params }) => describe(await audiences.get(params.audienceId)));
  serve(api.audiences.changeAudience, async ({ params, body, caller }) => {
    await demandUse(body.condition, caller);
    const audience = await audiences.change(params.audienceId, body, accountOf(caller));
    await deps.recent.note(accountOf(caller).id, body.condition);
    return describe(audience);
  });
  serve(api.audiences.deleteAudience, async ({ params, query }) => {
    await audiences.remove(params.audienceId, { isConfirmed: query.confirm === 'yes' });
    return {};
  });
  serve(api.audiences.audienceUses, async ({ params }) => {
    await audiences.get(params.audienceId);
    return findUses(database, params.audienceId);
  });
  serve(api.audiences.extractAudience, async ({ params, body }) =>
    describe(await audiences.extract(params.audienceId, body.isAnnounced ?? false)),
  );
  serve(api.audiences.cancelExtraction, async ({ params }) => describe(await audiences.cancel(params.audienceId)));
  serve(api.audiences.listMembers, async ({ params, query, caller }) => {
    await audiences.get(params.audienceId);
    return list.listMembers(params.audienceId, query, await lensOf(caller));
  });
  serve(api.audiences.changeMembers, async ({ params, body }) => {
    const { kind, source } = await audiences.get(params.audienceId);
    if (source)
      throw wrongState({
        'en-US': 'it is a snapshot, whose members stay as they are.',
        'zh-CN': '它是快照人群，成员固定不变。',
      });
    if (kind !== 'manual')
      throw wrongState({
        'en-US': 'its members follow a condition.',
        'zh-CN': '它的成员由条件决定。',
      });
    return addPeople(deps, params.audienceId, body.change, body.userIds);
  });
  serve(api.audiences.listMemberships, async ({ params }) => ({ items: await list.listMemberships(params.profileId) }));
}
