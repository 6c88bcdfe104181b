import { api, type Dataset } from '@sluice/shared/http-api';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange, useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Loading } from '../../ui/loading.tsx';
import { UsersList } from '../users-list.tsx';

/** Says what goes, or what still looks into the dataset. */
export function RemoveDataset({ dataset, onClose }: { dataset: Dataset; onClose: () => void }) {
  const { t } = useTranslation(['datasets', 'ui']);
  const format = useFormat();
  const navigate = useNavigate();
  const params = { dataset: dataset.name };
  const uses = useReply(api.datasets.datasetUses, { params });
  const removal = useChange(api.datasets.deleteDataset, [api.datasets.listDatasets]);
  const isUsed = uses.data !== undefined && uses.data.audiences.length + uses.data.flows.length > 0;
  return (
    <Modal
      open
      title={t('remove.title', { name: dataset.displayName })}
      okText={t('remove.confirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: removal.isPending, disabled: isUsed || !uses.data }}
      onOk={() => removal.mutateThen({ params }, () => void navigate('/data/datasets', { replace: true }))}
      onCancel={onClose}
    >
      {uses.isPending && <Loading />}
      {uses.error && <ErrorPanel error={uses.error} onRetry={() => void uses.refetch()} />}
      {uses.data && !isUsed && <p>{t('remove.lost', { rows: format.count(dataset.rows) })}</p>}
      {isUsed && (
        <>
          <p>{t('remove.used')}</p>
          <UsersList {...uses.data} />
        </>
      )}
      {removal.error && <ErrorPanel error={removal.error} />}
    </Modal>
  );
}
