import { type Capabilities, demandsOf, holds, type TemplateManifest } from '@sluice/shared/node-template';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/locale-provider.tsx';
import styles from './node-templates.module.css';
import { useTemplateWords } from './use-template-words.ts';

/** What a version asks for, and where it has been reviewed what of it was granted. */
export function GrantList({ manifest, grant }: { manifest: TemplateManifest; grant?: Capabilities }) {
  const { t } = useTranslation('nodeTemplates');
  const language = useLanguage();
  const words = useTemplateWords();
  const demands = demandsOf(manifest.capabilities);
  if (demands.length === 0) return <p className={styles.hint}>{t('asksNothing')}</p>;
  return (
    <ul className={styles.list}>
      {demands.map((demand) => {
        const isGranted = grant === undefined || holds(grant, demand);
        return (
          <li key={JSON.stringify(demand)} data-refused={!isGranted}>
            {words.demand(demand, manifest.texts[language])}
            {!isGranted && <span className={styles.hint}> · {t('notGranted')}</span>}
          </li>
        );
      })}
    </ul>
  );
}
