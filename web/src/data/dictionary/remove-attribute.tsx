import { api } from '@sluice/shared/http-api';
import type { AttributeDefinition } from '@sluice/shared/model';
import { Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange, useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Loading } from '../../ui/loading.tsx';
import { UsersList } from '../users-list.tsx';
import styles from './dictionary-page.module.css';

interface RemoveAttributeProps {
  attribute: AttributeDefinition;
  onRemoved: () => void;
  onClose: () => void;
}

/** Says what goes, where it would be missed, and asks before it cannot be undone. */
export function RemoveAttribute({ attribute: { name, displayName }, onRemoved, onClose }: RemoveAttributeProps) {
  const { t } = useTranslation(['governance', 'ui']);
  const [isSure, setSure] = useState(false);
  const uses = useReply(api.attributes.attributeUses, { params: { name } });
  const removal = useChange(api.attributes.deleteAttribute, [api.data.listAttributes, api.audiences.getAudience]);
  const isUsed = uses.data !== undefined && Object.values(uses.data).some((users) => users.length > 0);
  const remove = () =>
    removal.mutate({ params: { name }, query: isUsed ? { confirm: 'yes' } : {} }, { onSuccess: onRemoved });
  return (
    <Modal
      open
      title={t('attribute.removeTitle', { name: displayName ?? name })}
      okText={t('attribute.remove')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: removal.isPending, disabled: !uses.data || (isUsed && !isSure) }}
      onOk={remove}
      onCancel={onClose}
    >
      <p>{t('attribute.removeText')}</p>
      {uses.isPending && <Loading />}
      {uses.error && <ErrorPanel error={uses.error} onRetry={() => void uses.refetch()} />}
      {uses.data && isUsed && (
        <>
          <p className={styles.used}>{t('attribute.removeUsed')}</p>
          <UsersList {...uses.data} />
          <Checkbox checked={isSure} onChange={({ target }) => setSure(target.checked)}>
            {t('attribute.removeSure')}
          </Checkbox>
        </>
      )}
      {removal.error && <ErrorPanel error={removal.error} />}
    </Modal>
  );
}
