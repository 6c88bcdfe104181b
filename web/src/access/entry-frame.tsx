import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.ts';
import { useLocale } from '../i18n/locale-provider.tsx';
import { BrandMark } from '../shell/brand-mark.tsx';
import styles from './entry-frame.module.css';

/** The frame of the two pages seen before the shell: set-up and sign-in. */
export function EntryFrame({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const { t } = useTranslation(['access', 'shell']);
  const { language, switchTo } = useLocale();
  return (
    <div className={styles.frame}>
      <aside className={styles.side}>
        <div className={styles.brand}>
          <BrandMark />
          <span>{t('shell:brand')}</span>
        </div>
        <p className={styles.claim}>{t('entry.claim')}</p>
        <ol className={styles.steps}>
          <li>{t('entry.pick')}</li>
          <li>{t('entry.draw')}</li>
          <li>{t('entry.see')}</li>
        </ol>
      </aside>
      <main className={styles.main}>
        <div className={styles.language} role="group" aria-label={t('shell:language')}>
          {LANGUAGES.map((key) => (
            <Button
              key={key}
              type={key === language ? 'default' : 'text'}
              lang={key}
              aria-pressed={key === language}
              onClick={() => void switchTo(key)}
            >
              {LANGUAGE_NAMES[key]}
            </Button>
          ))}
        </div>
        <div className={styles.form}>
          <h1 className={styles.title}>{title}</h1>
          {hint && <p className={styles.hint}>{hint}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
