import { api, type ImportJob, type ImportMapping } from '@sluice/shared/http-api';
import { useState } from 'react';
import { useChange } from '../../http/use-route.ts';
import { isDatasetChosen, isEventNamed } from './target-draft.ts';
import { useWish } from './use-wish.ts';

/**
 * Starts an import. Members may go to an audience that is made for them first: one that was made before a failed start is
 * used again.
 */
export function useStart(job: ImportJob, isForMembers: boolean) {
  const wish = useWish();
  const [draft, setDraft] = useState<string | undefined>(
    wish.audience === '' ? job.fileName.replace(/\.\w{1,6}$/, '') : undefined,
  );
  const [isOneOff, setOneOff] = useState(true);
  const creation = useChange(api.audiences.createAudience, [api.audiences.listAudiences]);
  const start = useChange(api.data.startImport, [api.data.getImport, api.data.listImports]);
  const run = (body: ImportMapping) => start.mutate({ params: { importId: job.id }, body });
  return {
    draft,
    isOneOff,
    setOneOff(next: boolean) {
      creation.reset();
      setOneOff(next);
    },
    setDraft(name: string | undefined) {
      creation.reset();
      setDraft(name);
    },
    isReady(mapping: ImportMapping): boolean {
      if (!isForMembers) return isEventNamed(mapping) && isDatasetChosen(mapping);
      return draft === undefined ? mapping.members?.audience !== '' : draft.trim() !== '';
    },
    begin(mapping: ImportMapping): void {
      const { members } = mapping;
      if (!members || draft === undefined) run(mapping);
      else if (creation.data) run({ ...mapping, members: { ...members, audience: creation.data.id } });
      else
        creation.mutate(
          {
            body: isOneOff
              ? { name: draft, kind: 'snapshot', source: { kind: 'file', importId: job.id, fileName: job.fileName } }
              : { name: draft, kind: 'manual' },
          },
          { onSuccess: ({ id }) => run({ ...mapping, members: { ...members, audience: id } }) },
        );
    },
    /** Asked for, and not refused. */
    isBegun: start.isPending || start.isSuccess,
    isPending: creation.isPending || start.isPending,
    error: creation.error ?? start.error,
  };
}
