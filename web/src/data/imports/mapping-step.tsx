import { api, type ImportJob, type ImportMapping, type ImportPreview } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Section } from '../../ui/section.tsx';
import { ColumnsTable } from './columns-table.tsx';
import { ComputedColumns } from './computed-columns.tsx';
import { DatasetField } from './dataset-field.tsx';
import { EventFields } from './event-fields.tsx';
import { FileReadingFields } from './file-reading-fields.tsx';
import { IdentityField } from './identity-field.tsx';
import { findMappingProblems, suggestMapping } from './mapping-draft.ts';
import { MemberFields } from './member-fields.tsx';
import styles from './mapping-step.module.css';
import { isDatasetChosen, isEventNamed, targetOf, toTarget } from './target-draft.ts';
import { TargetField } from './target-field.tsx';
import { TrialTable } from './trial-table.tsx';
import { useStart } from './use-start.ts';
import { useTrial } from './use-trial.ts';
import { useWish } from './use-wish.ts';

interface MappingStepProps {
  job: ImportJob;
  preview: ImportPreview;
}

/** Second step: how the file is read, what its rows become, and a trial run that shows it before anything is stored. */
export function MappingStep({ job, preview }: MappingStepProps) {
  const reading = useChange(api.data.readImport, [api.data.getImport]);
  return (
    <>
      <FileReadingFields
        job={job}
        preview={preview}
        isReading={reading.isPending}
        onRead={(body) => reading.mutate({ params: { importId: job.id }, body })}
      />
      {reading.error && <ErrorPanel error={reading.error} />}
      {/* Read otherwise, the file has other columns: a mapping of the old ones is of no use. */}
      <MappingForm key={JSON.stringify(preview.columns)} job={job} preview={preview} />
    </>
  );
}

function MappingForm({ job, preview }: MappingStepProps) {
  const { t } = useTranslation('data');
  const wish = useWish();
  const [mapping, setMapping] = useState<ImportMapping>(
    () => job.mapping ?? toTarget(suggestMapping(preview), wish.target, preview, wish.audience),
  );
  const target = targetOf(mapping);
  const start = useStart(job, target === 'members');
  const problems = useMemo(() => findMappingProblems(mapping), [mapping]);
  const canTry = problems.count === 0 && target !== 'members' && isEventNamed(mapping) && isDatasetChosen(mapping);
  // What is under way cannot be tried any more.
  const trial = useTrial(job.id, mapping, canTry && !start.isBegun);
  return (
    <>
      <TargetField
        target={target}
        onChange={(next) => setMapping(toTarget(suggestMapping(preview), next, preview, wish.audience))}
      />
      {target === 'dataset' && <DatasetField mapping={mapping} preview={preview} onChange={setMapping} />}
      <IdentityField mapping={mapping} preview={preview} onChange={setMapping} />
      {target === 'events' && <EventFields mapping={mapping} preview={preview} onChange={setMapping} />}
      {target === 'members' ? (
        <MemberFields mapping={mapping} start={start} onChange={setMapping} />
      ) : (
        <>
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
        </>
      )}
      {start.error && <ErrorPanel error={start.error} />}
      <footer className={styles.footer}>
        {problems.count > 0 && <span className={styles.fix}>{t('mapping.fix', { count: problems.count })}</span>}
        <Button
          type="primary"
          size="large"
          disabled={problems.count > 0 || !start.isReady(mapping)}
          loading={start.isPending}
          onClick={() => start.begin(mapping)}
        >
          <span className={styles.startLabel}>{t('mapping.start', { name: job.fileName })}</span>
        </Button>
      </footer>
    </>
  );
}
