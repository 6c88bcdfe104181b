import { api } from '@sluice/shared/http-api';
import { Modal, Switch } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './approvals-page.module.css';

/** Whether the workspace asks for a second person; administrators decide, everybody sees who decided. */
export function ApprovalSettingRow({ waiting }: { waiting: number }) {
  const { t } = useTranslation(['approvals', 'ui']);
  const format = useFormat();
  const labelId = useId();
  const mayChange = useHasRole('administrator');
  const [isTurningOff, setTurningOff] = useState(false);
  const setting = useReply(api.approvals.getSetting, {});
  const change = useChange(api.approvals.setSetting, [api.approvals.getSetting]);
  if (setting.error) return <ErrorPanel error={setting.error} onRetry={() => void setting.refetch()} />;
  if (!setting.data) return null;
  const { isRequired, changedBy, changedAt } = setting.data;
  const set = (isRequired: boolean) =>
    change.mutate({ body: { isRequired } }, { onSuccess: () => setTurningOff(false) });
  return (
    <>
      <div className={styles.setting}>
        <Switch
          aria-labelledby={labelId}
          checked={isRequired}
          disabled={!mayChange}
          loading={change.isPending}
          onChange={(isOn) => (isOn ? set(true) : setTurningOff(true))}
        />
        <div>
          <div id={labelId}>{t('setting.label')}</div>
          <div className={styles.about}>
            {t(isRequired ? 'setting.on' : 'setting.off')}{' '}
            {changedBy !== null &&
              changedAt !== null &&
              t('setting.by', { by: changedBy, time: format.exact(changedAt) })}
          </div>
        </div>
      </div>
      {change.error && <ErrorPanel error={change.error} />}
      {isTurningOff && (
        <Modal
          open
          title={t('setting.turnOff')}
          okText={t('setting.turnOffConfirm')}
          cancelText={t('ui:cancel')}
          okButtonProps={{ danger: true, loading: change.isPending }}
          onOk={() => set(false)}
          onCancel={() => setTurningOff(false)}
        >
          <p>{t('setting.turnOffText', { count: waiting })}</p>
        </Modal>
      )}
    </>
  );
}
