import { api, type Audience, type AudienceUses } from '@sluice/shared/http-api';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useChange, useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import styles from './remove-audience.module.css';

/** Names what is lost and who would miss it before an audience goes. */
export function RemoveAudience({ audience, onClose }: { audience: Audience; onClose: () => void }) {
  const { t } = useTranslation(['audiences', 'ui']);
  const format = useFormat();
  const navigate = useNavigate();
  const params = { audienceId: audience.id };
  const uses = useReply(api.audiences.audienceUses, { params });
  const removal = useChange(api.audiences.deleteAudience, [api.audiences.listAudiences]);
  const isUsed = uses.data !== undefined && uses.data.flows.length + uses.data.audiences.length > 0;
  const remove = () =>
    removal.mutateThen(
      { params, query: isUsed ? { confirm: 'yes' } : {} },
      () => void navigate('/audiences', { replace: true }),
    );
  return (
    <Modal
      open
      title={t('removal.title', { name: audience.name })}
      okText={t(isUsed ? 'removal.confirmUsed' : 'removal.confirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: removal.isPending, disabled: !uses.data }}
      onOk={remove}
      onCancel={onClose}
    >
      <p>{t('removal.lost', { size: format.count(audience.size) })}</p>
      {uses.isPending && <Loading />}
      {uses.error && <ErrorPanel error={uses.error} onRetry={() => void uses.refetch()} />}
      {uses.data && (isUsed ? <Uses uses={uses.data} /> : <p>{t('removal.unused')}</p>)}
      {removal.error && <ErrorPanel error={removal.error} />}
    </Modal>
  );
}

function Uses({ uses: { flows, audiences } }: { uses: AudienceUses }) {
  const { t } = useTranslation('audiences');
  return (
    <>
      <p>{t('removal.used')}</p>
      <ul className={styles.uses}>
        {flows.map(({ id, name, isLive }) => (
          <li key={id}>
            <Link to={`/flows/${id}`}>{t(isLive ? 'removal.liveFlow' : 'removal.flow', { name })}</Link>
          </li>
        ))}
        {audiences.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/audiences/${id}`}>{t('removal.audience', { name })}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
