import type { ModelKind, ModelReport } from '@sluice/shared/http-api';
import { Slider } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { Section } from '../ui/section.tsx';
import styles from './gain-section.module.css';
import { gainAt } from './gain-at.ts';

// The chart library is large; the numbers are there before it.
const GainCurve = lazy(async () => ({ default: (await import('./gain-curve.tsx')).GainCurve }));
const FIRST_PERCENT = 10;

/** What the best so many hold: a slider along the curve. */
export function GainSection({ kind, report }: { kind: ModelKind; report: ModelReport }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const [percent, setPercent] = useState(FIRST_PERCENT);
  const { gains, profiles } = report;
  const isSeed = kind === 'look-alike';
  const point = gainAt(gains, percent / 100);
  const title = t(isSeed ? 'gains.titleSeed' : 'gains.title');
  return (
    <Section title={title}>
      <div className={styles.gains}>
        <div className={styles.chart}>
          <Suspense fallback={<Loading />}>
            <GainCurve gains={gains} chosen={percent / 100} title={title} isSeed={isSeed} />
          </Suspense>
        </div>
        <div className={styles.choice}>
          <span className={styles.label}>{t('gains.best')}</span>
          <Slider
            min={1}
            max={100}
            value={percent}
            ariaLabelForHandle={t('gains.best')}
            tooltip={{ open: false }}
            onChange={setPercent}
          />
          <dl className={styles.figures} aria-live="polite">
            <dd>{format.share(percent, 100)}</dd>
            <dt>{t('people', { people: format.count(Math.round((profiles * percent) / 100)) })}</dt>
            <dd>{format.share(point.captured, 1)}</dd>
            <dt>{t(isSeed ? 'gains.capturedSeed' : 'gains.captured')}</dt>
            <dd>{format.share(point.precision, 1)}</dd>
            <dt>{t(isSeed ? 'gains.precisionSeed' : 'gains.precision')}</dt>
          </dl>
        </div>
      </div>
    </Section>
  );
}
