import { api, type Merge } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../../access/session.ts';
import { useChange, useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Loading } from '../../ui/loading.tsx';
import styles from './profile-merges.module.css';

/** Which profiles became part of this one, and parting them again. */
export function ProfileMerges({ profileId }: { profileId: string }) {
  const { t } = useTranslation('data');
  const merges = useReply(api.identities.listMerges, { params: { profileId } });
  const undoing = useChange(api.identities.undoMerge, [
    api.identities.listMerges,
    api.data.getProfile,
    api.data.listProfiles,
    api.data.listProfileEvents,
    api.flows.listProfileRuns,
  ]);
  if (merges.isPending) return <Loading />;
  if (merges.error) return <ErrorPanel error={merges.error} onRetry={() => void merges.refetch()} />;
  if (merges.data.items.length === 0) return <EmptyState title={t('profile.merge.none')} />;
  return (
    <>
      {undoing.error && <ErrorPanel error={undoing.error} />}
      <ul className={styles.merges}>
        {merges.data.items.map((merge) => (
          <OneMerge
            key={merge.id}
            merge={merge}
            isUndoing={undoing.isPending}
            onUndo={() => undoing.mutate({ params: { mergeId: merge.id } })}
          />
        ))}
      </ul>
    </>
  );
}

function OneMerge({ merge, isUndoing, onUndo }: { merge: Merge; isUndoing: boolean; onUndo: () => void }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const mayUndo = useHasRole('administrator', 'operator');
  const name = merge.fromUserId ?? t('profiles.anonymous', { id: merge.from.slice(0, 8) });
  return (
    <li className={styles.merge}>
      <span>
        {t(`profile.merge.state.${merge.status}`, {
          name,
          by: merge.by ?? t('profile.merge.itself'),
          at: format.exact(merge.at),
        })}
      </span>
      {merge.status === 'done' && mayUndo && (
        <Button loading={isUndoing} onClick={onUndo}>
          {t('profile.merge.undo')}
        </Button>
      )}
    </li>
  );
}
