import type { EventWindow } from '@sluice/shared/condition';
import { DAY_MS } from '@sluice/shared/time';
import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { msOf, PERIOD_UNITS, periodOf } from './period.ts';

interface WindowFieldsProps {
  window: EventWindow;
  onChange: (window: EventWindow) => void;
}

const FIRST_PERIOD_MS = 30 * DAY_MS;

/** Which events count: ever, of the last N, or since the run entered. */
export function WindowFields({ window, onChange }: WindowFieldsProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled, isInRun } = useEditorFacts();
  const kinds = (['ever', 'last', 'this-run'] as const).filter(
    (kind) => kind !== 'this-run' || isInRun || window.kind === 'this-run',
  );
  const period = window.kind === 'last' ? periodOf(window.ms) : undefined;
  return (
    <>
      <Select
        className={styles.operator ?? ''}
        aria-label={t('window')}
        value={window.kind}
        disabled={isDisabled}
        popupMatchSelectWidth={false}
        options={kinds.map((kind) => ({ value: kind, label: t(`windows.${kind}`) }))}
        onChange={(kind) => onChange(kind === 'last' ? { kind, ms: FIRST_PERIOD_MS } : { kind })}
      />
      {period && (
        <>
          <InputNumber<number>
            className={styles.number ?? ''}
            aria-label={t('period')}
            min={1}
            precision={0}
            value={period.amount}
            disabled={isDisabled}
            onChange={(amount) => amount !== null && onChange({ kind: 'last', ms: msOf({ ...period, amount }) })}
          />
          <Select
            className={styles.unit ?? ''}
            aria-label={t('unit', { label: t('period') })}
            value={period.unit}
            disabled={isDisabled}
            options={PERIOD_UNITS.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
            onChange={(unit) => onChange({ kind: 'last', ms: msOf({ ...period, unit }) })}
          />
        </>
      )}
    </>
  );
}
