import { api, type Model } from '@sluice/shared/http-api';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

export function RemoveModel({ model: { id: modelId, name }, onClose }: { model: Model; onClose: () => void }) {
  const { t } = useTranslation(['models', 'ui']);
  const navigate = useNavigate();
  const removal = useChange(api.models.deleteModel, [api.models.listModels]);
  const remove = () => removal.mutateThen({ params: { modelId } }, () => void navigate('/models', { replace: true }));
  return (
    <Modal
      open
      title={t('removal.title', { name })}
      okText={t('removal.confirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: removal.isPending }}
      onOk={remove}
      onCancel={onClose}
    >
      <p>{t('removal.text')}</p>
      {removal.error && <ErrorPanel error={removal.error} />}
    </Modal>
  );
}
