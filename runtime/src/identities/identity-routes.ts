import { identityRoutes, type Merge } from '@sluice/shared/http-api';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { MergeRecord } from './merge-record.ts';
import type { Merges } from './merges.ts';
import type { ProfileRemover } from './remove-profile.ts';

export function registerIdentityRoutes(serve: Serve, deps: { merges: Merges; remover: ProfileRemover }): void {
  const { merges, remover } = deps;
  serve(identityRoutes.mergeProfiles, async ({ body, caller }) =>
    toMerge(await merges.merge(body.from, body.into, accountOf(caller).email)),
  );
  serve(identityRoutes.listMerges, async ({ params }) => ({
    items: (await merges.history(params.profileId)).map(toMerge),
  }));
  serve(identityRoutes.undoMerge, async ({ params }) => toMerge(await merges.undo(params.mergeId)));
  serve(identityRoutes.profileBelongings, ({ params }) => remover.count(params.profileId));
  serve(identityRoutes.deleteProfile, ({ params }) => remover.remove(params.profileId));
}

const STATES: Record<MergeRecord['status'], Merge['status']> = {
  asked: 'under-way',
  moving: 'under-way',
  settling: 'done',
  done: 'done',
  undoing: 'under-way',
  undone: 'undone',
};

function toMerge({ _id: id, from, into, status, at, by, absorbed }: MergeRecord): Merge {
  return { id, from, fromUserId: absorbed?.userId ?? null, into, status: STATES[status], at: at.toISOString(), by };
}
