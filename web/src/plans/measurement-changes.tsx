import { DEFAULT_MEASUREMENT, type Measurement } from '@sluice/shared/graph';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './comparison-view.module.css';

/** What is measured otherwise, setting by setting: what it was and what it is. */
export function MeasurementChanges({ from, to }: { from: Measurement | undefined; to: Measurement | undefined }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const wordsOf = ({
    conversionEvent,
    valueProperty,
    currency,
    clickEvent,
    windowMs,
  }: Measurement = DEFAULT_MEASUREMENT) => ({
    conversion: conversionEvent,
    value: valueProperty,
    currency,
    click: clickEvent,
    window: format.duration(windowMs),
  });
  const [was, is] = [wordsOf(from), wordsOf(to)];
  const changed = (['conversion', 'value', 'currency', 'click', 'window'] as const).filter(
    (part) => was[part] !== is[part],
  );
  return (
    <dl className={styles.measured}>
      <dt>{t('measurement.title')}</dt>
      {changed.map((part) => (
        <dd key={part}>
          {t(`measurement.${part}`)} <del>{was[part] ?? t('measurement.none')}</del>{' '}
          <ins>{is[part] ?? t('measurement.none')}</ins>
        </dd>
      ))}
    </dl>
  );
}
