import { api, type ImportJob, type ImportMapping, type ImportPreview } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Section } from '../../ui/section.tsx';
import { ColumnsTable } from './columns-table.tsx';
import { ComputedColumns } from './computed-columns.tsx';
import { IdentityField } from './identity-field.tsx';
import { findMappingProblems, suggestMapping } from './mapping-draft.ts';
import styles from './mapping-step.module.css';
import { TrialTable } from './trial-table.tsx';
import { useTrial } from './use-trial.ts';

const DELIMITERS: Record<string, 'comma' | 'semicolon' | 'tab' | 'pipe'> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

/** Second step: who a row is, what each column becomes, and a trial run that shows it before anything is stored. */
export function MappingStep({ job, preview }: { job: ImportJob; preview: ImportPreview }) {
  const { t } = useTranslation('data');
  const [mapping, setMapping] = useState<ImportMapping>(() => job.mapping ?? suggestMapping(preview));
  const problems = useMemo(() => findMappingProblems(mapping), [mapping]);
  const trial = useTrial(job.id, mapping, problems.count === 0);
  const start = useChange(api.data.startImport, [api.data.getImport, api.data.listImports]);
  const begin = () => start.mutate({ params: { importId: job.id }, body: mapping });
  return (
    <>
      <Facts job={job} preview={preview} />
      <IdentityField mapping={mapping} preview={preview} onChange={setMapping} />
      <ColumnsTable mapping={mapping} preview={preview} problems={problems.columns} onChange={setMapping} />
      <ComputedColumns
        mapping={mapping}
        problems={problems.computed}
        firstProfile={trial.data?.profiles[0]}
        onChange={setMapping}
      />
      <Section title={t('mapping.trial')} hint={t('mapping.trialHint')}>
        <TrialTable trial={trial} mapping={mapping} />
      </Section>
      {start.error && <ErrorPanel error={start.error} />}
      <footer className={styles.footer}>
        {problems.count > 0 && <span className={styles.fix}>{t('mapping.fix', { count: problems.count })}</span>}
        <Button type="primary" size="large" disabled={problems.count > 0} loading={start.isPending} onClick={begin}>
          <span className={styles.startLabel}>{t('mapping.start', { name: job.fileName })}</span>
        </Button>
      </footer>
    </>
  );
}

/** What was detected about the file. */
function Facts({ job, preview }: { job: ImportJob; preview: ImportPreview }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const delimiter = DELIMITERS[preview.delimiter];
  const facts = [
    [t('mapping.size'), format.bytes(job.bytes)],
    [t('mapping.encoding'), preview.encoding.toUpperCase()],
    [t('mapping.delimiter'), delimiter ? t(`mapping.delimiters.${delimiter}`) : preview.delimiter],
    [t('mapping.columnCount'), format.count(preview.columns.length)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
