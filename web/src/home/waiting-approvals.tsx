import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWaitingApprovals } from '../approvals/use-waiting-approvals.ts';
import { LinkButton } from '../ui/link-button.tsx';

/** What waits for whoever is signed in. */
export function WaitingApprovals() {
  const { t } = useTranslation('home');
  const count = useWaitingApprovals();
  if (count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('approvals', { count })}
      action={<LinkButton to="/approvals">{t('toApprovals')}</LinkButton>}
    />
  );
}
