import { useTranslation } from 'react-i18next';
import styles from './loading.module.css';

/** Fills its place; appears only after 300 ms, so that a quick answer does not flicker. */
export function Loading() {
  const { t } = useTranslation('ui');
  return (
    <div className={styles.loading} role="status">
      <span className={styles.spinner} aria-hidden />
      <span className="visually-hidden">{t('loading')}</span>
    </div>
  );
}
