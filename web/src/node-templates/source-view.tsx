import { api } from '@sluice/shared/http-api';
import { Tabs } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { Section } from '../ui/section.tsx';
import styles from './node-templates.module.css';

const CodeField = lazy(async () => ({ default: (await import('../inspector/code-field.tsx')).CodeField }));

/** The code of a version as it runs, and its cases; for those who may read it. */
export function SourceView({ name, version }: { name: string; version: string }) {
  const { t } = useTranslation('nodeTemplates');
  const mayRead = useHasRole('administrator', 'developer');
  const source = useReply(api.nodeTemplates.readSource, { params: { name, version } }, { enabled: mayRead });
  if (!mayRead) return <p className={styles.hint}>{t('sourceHidden')}</p>;
  if (source.error) return <ErrorPanel error={source.error} onRetry={() => void source.refetch()} />;
  if (!source.data) return <Loading />;
  const { cases } = source.data;
  const tabs = [
    { key: 'source', label: t('source'), text: source.data.source },
    { key: 'cases', label: `${t('casesTitle')} · ${cases.length}`, text: JSON.stringify(cases, null, 2) },
  ];
  return (
    <Section title={t('source')} hint={t('sourceHint')}>
      <Tabs
        items={tabs.map(({ key, label, text }) => ({
          key,
          label,
          children: (
            <Suspense fallback={<Loading />}>
              <div className={styles.source}>
                <CodeField language="javascript" label={label} text={text} isReadOnly onChange={() => {}} />
              </div>
            </Suspense>
          ),
        }))}
      />
    </Section>
  );
}
