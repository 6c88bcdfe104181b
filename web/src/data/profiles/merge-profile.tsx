import { api, type Profile } from '@sluice/shared/http-api';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange, useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import styles from './profile-merges.module.css';

const SEARCH_DELAY_MS = 250;

/** Chooses the profile that this one becomes part of. */
export function MergeProfile({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation(['data', 'ui']);
  const navigate = useNavigate();
  const [into, setInto] = useState<string>();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), SEARCH_DELAY_MS);
  const found = useReply(api.data.listProfiles, { query: { limit: 20, ...(search !== '' && { search }) } });
  const merge = useChange(api.identities.mergeProfiles, [api.data.listProfiles, api.identities.listMerges]);
  const others = (found.data?.items ?? []).filter(({ id }) => id !== profile.id);
  return (
    <Modal
      open
      title={t('profile.merge.title')}
      okText={t('profile.merge.confirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ loading: merge.isPending, disabled: into === undefined }}
      onOk={() =>
        into !== undefined &&
        merge.mutateThen(
          { body: { from: profile.id, into } },
          (merged) => void navigate(`/data/profiles/${merged.into}`, { replace: true }),
        )
      }
      onCancel={onClose}
    >
      <p>{t('profile.merge.text')}</p>
      <Select
        aria-label={t('profile.merge.into')}
        placeholder={t('profile.merge.into')}
        className={styles.whole ?? ''}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={found.isFetching}
        {...(into !== undefined && { value: into })}
        onChange={(id: string) => setInto(id)}
        options={others.map(({ id, userId }) => ({
          value: id,
          label: userId ?? t('profiles.anonymous', { id: id.slice(0, 8) }),
        }))}
      />
      {found.error && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {merge.error && <ErrorPanel error={merge.error} />}
    </Modal>
  );
}
