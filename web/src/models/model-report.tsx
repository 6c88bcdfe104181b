import type { Model, ModelReport } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { FigureRow } from '../ui/figure-row.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { DecileTable } from './decile-table.tsx';
import { FeatureTable } from './feature-table.tsx';
import { FeatureWarnings } from './feature-warnings.tsx';
import { formatAuc, gradeOf } from './format-score.ts';
import { GainSection } from './gain-section.tsx';

/** How good the model is, whether its scores hold, and what moves them. */
export function ModelReportView({ model, report }: { model: Model; report: ModelReport }) {
  return (
    <>
      <FeatureWarnings model={model} report={report} />
      <Figures model={model} report={report} />
      <GainSection kind={model.kind} report={report} />
      <FeatureTable report={report} />
      <DecileTable report={report} />
    </>
  );
}

function Figures({ model, report }: { model: Model; report: ModelReport }) {
  const { t, i18n } = useTranslation('models');
  const format = useFormat();
  const isSeed = model.kind === 'look-alike';
  const { profiles, positives, heldOutRows, heldOutPositives, auc, aucLow, aucHigh } = report;
  const [low, high] = [formatAuc(aucLow, i18n.language), formatAuc(aucHigh, i18n.language)];
  const grade = t(`figures.grades.${gradeOf(auc, aucLow)}`);
  const points = (report.calibrationError * 100).toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  return (
    <FigureRow
      figures={[
        {
          name: t('figures.auc'),
          value: formatAuc(auc, i18n.language),
          note: t('figures.interval', { low, high, grade }),
        },
        {
          name: t('figures.learned'),
          value: format.count(profiles),
          note: t(isSeed ? 'figures.learnedNoteSeed' : 'figures.learnedNote', {
            positives: format.count(positives),
            share: format.share(positives, profiles),
          }),
        },
        {
          name: t('figures.heldOut'),
          value: format.count(heldOutRows),
          note: t(isSeed ? 'figures.heldOutNoteSeed' : 'figures.heldOutNote', {
            positives: format.count(heldOutPositives),
          }),
        },
        { name: t('figures.calibration'), value: t('points', { points }), note: t('figures.calibrationNote') },
      ]}
    />
  );
}
