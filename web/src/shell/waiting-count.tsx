import { useTranslation } from 'react-i18next';
import { useWaitingApprovals } from '../approvals/use-waiting-approvals.ts';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './rail.module.css';

/** How many requests wait for whoever is signed in; nothing where none does. */
export function WaitingCount() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const count = useWaitingApprovals();
  if (count === 0) return null;
  return (
    <span className={styles.waiting} title={t('waiting', { count })}>
      <span aria-hidden>{format.count(count)}</span>
      <span className="visually-hidden">{t('waiting', { count })}</span>
    </span>
  );
}
