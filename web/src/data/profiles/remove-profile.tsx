import { api, type Profile } from '@sluice/shared/http-api';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange, useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Loading } from '../../ui/loading.tsx';

/** Says what goes with a profile before it goes. */
export function RemoveProfile({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation(['data', 'ui']);
  const navigate = useNavigate();
  const params = { profileId: profile.id };
  const belongings = useReply(api.identities.profileBelongings, { params });
  const removal = useChange(api.identities.deleteProfile, [api.data.listProfiles]);
  const remove = () => removal.mutateThen({ params }, () => void navigate('/data/profiles', { replace: true }));
  return (
    <Modal
      open
      title={t('profile.remove.title')}
      okText={t('profile.remove.confirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: removal.isPending, disabled: !belongings.data }}
      onOk={remove}
      onCancel={onClose}
    >
      {belongings.isPending && <Loading />}
      {belongings.error && <ErrorPanel error={belongings.error} onRetry={() => void belongings.refetch()} />}
      {belongings.data && (
        <>
          <p>{t('profile.remove.runs', { count: belongings.data.runs })}</p>
          <p>{t('profile.remove.lost', belongings.data)}</p>
        </>
      )}
      {removal.error && <ErrorPanel error={removal.error} />}
    </Modal>
  );
}
