import { changesBetween, isBreaking, type TemplateManifest } from '@sluice/shared/node-template';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { Section } from '../ui/section.tsx';
import styles from './node-templates.module.css';
import { useTemplateWords } from './use-template-words.ts';

/** In what a version differs from the one before, for whoever has drawn with that. */
export function VersionChanges({ before, after }: { before: TemplateManifest; after: TemplateManifest }) {
  const { t } = useTranslation('nodeTemplates');
  const language = useLanguage();
  const words = useTemplateWords();
  const changes = changesBetween(before, after);
  const news = after.texts[language].changes;
  return (
    <Section title={t('changesSince', { version: before.version })}>
      {news && <p>{news}</p>}
      {changes.length === 0 ? (
        <p className={styles.hint}>{t('noChanges')}</p>
      ) : (
        <ul className={styles.list}>
          {changes.map((change) => (
            <li key={JSON.stringify(change)}>
              {words.change(change, before.texts[language], after.texts[language])}{' '}
              {isBreaking(change) && <Tag>{t('breaking')}</Tag>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
