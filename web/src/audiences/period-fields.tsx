import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { msOf, PERIOD_UNITS, periodOf } from './period.ts';

/** A length of time as an amount and its unit. */
export function PeriodFields({ ms, onChange }: { ms: number; onChange: (ms: number) => void }) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const period = periodOf(ms);
  return (
    <span className={styles.period}>
      <InputNumber<number>
        className={styles.number ?? ''}
        aria-label={t('period')}
        min={1}
        precision={0}
        value={period.amount}
        disabled={isDisabled}
        onChange={(amount) => amount !== null && onChange(msOf({ ...period, amount }))}
      />
      <Select
        className={styles.unit ?? ''}
        aria-label={t('unit', { label: t('period') })}
        value={period.unit}
        disabled={isDisabled}
        options={PERIOD_UNITS.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
        onChange={(unit) => onChange(msOf({ ...period, unit }))}
      />
    </span>
  );
}
