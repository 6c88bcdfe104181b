import type { EventWindow } from '@sluice/shared/condition';
import { DAY_MS } from '@sluice/shared/time';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Operand } from './comparison-draft.ts';
import { DateField } from './date-field.tsx';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { PeriodFields } from './period-fields.tsx';

interface WindowFieldsProps {
  window: EventWindow;
  onChange: (window: EventWindow) => void;
}

type Between = Extract<EventWindow, { kind: 'between' }>;

/** The last thirty days, said in the way of each kind. */
const FIRST: Record<EventWindow['kind'], EventWindow> = {
  ever: { kind: 'ever' },
  last: { kind: 'last', ms: 30 * DAY_MS },
  between: { kind: 'between', from: { relative: -30, unit: 'day' }, to: { relative: 0, unit: 'day' } },
  'this-run': { kind: 'this-run' },
};

/** Which events count: ever, of the last N, between two dates, or since the run entered. */
export function WindowFields({ window, onChange }: WindowFieldsProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled, isInRun } = useEditorFacts();
  const kinds = (['ever', 'last', 'between', 'this-run'] as const).filter(
    (kind) => kind !== 'this-run' || isInRun || window.kind === 'this-run',
  );
  return (
    <>
      <Select
        className={styles.operator ?? ''}
        aria-label={t('window')}
        value={window.kind}
        disabled={isDisabled}
        popupMatchSelectWidth={false}
        options={kinds.map((kind) => ({ value: kind, label: t(`windows.${kind}`) }))}
        onChange={(kind) => onChange(FIRST[kind])}
      />
      {window.kind === 'last' && <PeriodFields ms={window.ms} onChange={(ms) => onChange({ kind: 'last', ms })} />}
      {window.kind === 'between' && <DatesFields window={window} onChange={onChange} />}
    </>
  );
}

/** A date that is not filled in yet is an empty text, which the check calls unfinished. */
function DatesFields({ window, onChange }: { window: Between; onChange: (window: Between) => void }) {
  const { t } = useTranslation('audiences');
  const dateOf = (value: Between['from']): Operand | undefined => (value === '' ? undefined : value);
  const toDate = (value: Operand | undefined) => (value ?? '') as Between['from'];
  return (
    <span className={styles.range}>
      <DateField
        label={t('from')}
        value={dateOf(window.from)}
        onChange={(from) => onChange({ ...window, from: toDate(from) })}
      />
      <span className={styles.between}>{t('and')}</span>
      <DateField label={t('to')} value={dateOf(window.to)} onChange={(to) => onChange({ ...window, to: toDate(to) })} />
    </span>
  );
}
