import { ArrowDownOutlined } from '@ant-design/icons';
import type { EventStep } from '@sluice/shared/condition';
import { HOUR_MS } from '@sluice/shared/time';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { RemoveButton } from '../ui/remove-button.tsx';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { NameSelect } from './name-select.tsx';
import { PeriodFields } from './period-fields.tsx';
import { PropertyFilters } from './property-filters.tsx';

interface SequenceFieldsProps {
  steps: readonly EventStep[];
  /** The event whose sequence this is: the first choice of a step that is added. */
  event: string;
  onChange: (steps: EventStep[]) => void;
}

const MOST_STEPS = 4;

/** "then within 1 hour did not do Order Completed": only events count that were followed like this. */
export function SequenceFields({ steps, event, onChange }: SequenceFieldsProps) {
  const { t } = useTranslation('audiences');
  const { names, isDisabled } = useEditorFacts();
  const set = (index: number, step: EventStep) => onChange(steps.map((old, place) => (place === index ? step : old)));
  const mayAdd = !isDisabled && steps.length < MOST_STEPS && steps.at(-1)?.is !== 'didNot';
  const add = () => {
    const other = [...names.events.keys()].find((name) => name !== event) ?? event;
    onChange([...steps, { is: 'did', name: other, ms: HOUR_MS }]);
  };
  if (steps.length === 0 && isDisabled) return null;
  return (
    <div className={styles.filters}>
      {steps.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- steps have no identity but their place
        <div key={index} className={styles.filter} role="group" aria-label={t('sequel')}>
          <StepFields
            step={step}
            isLast={index === steps.length - 1}
            onChange={(next) => set(index, next)}
            onRemove={() => onChange(steps.filter((_step, place) => place !== index))}
          />
        </div>
      ))}
      {mayAdd && (
        <div>
          <Button type="link" size="small" icon={<ArrowDownOutlined aria-hidden />} onClick={add}>
            {t('addStep')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface StepFieldsProps {
  step: EventStep;
  isLast: boolean;
  onChange: (step: EventStep) => void;
  onRemove: () => void;
}

function StepFields({ step, isLast, onChange, onRemove }: StepFieldsProps) {
  const { t } = useTranslation('audiences');
  const { names, isDisabled } = useEditorFacts();
  const events = [...names.events.keys()].map((name) => ({ value: name, label: name }));
  // Nothing can follow on what did not happen.
  const verbs = (['did', 'didNot'] as const).filter((is) => is === 'did' || isLast || step.is === 'didNot');
  return (
    <>
      <span className={styles.between}>{t('thenWithin')}</span>
      <PeriodFields ms={step.ms} onChange={(ms) => onChange({ ...step, ms })} />
      <Select
        className={styles.operator ?? ''}
        aria-label={t('didOrNot')}
        value={step.is}
        disabled={isDisabled}
        popupMatchSelectWidth={false}
        options={verbs.map((is) => ({ value: is, label: t(`steps.${is}`) }))}
        onChange={(is) => onChange({ ...step, is })}
      />
      <NameSelect
        label={t('event')}
        value={step.name}
        options={events}
        onChange={(name) => onChange({ is: step.is, name, ms: step.ms })}
      />
      {!isDisabled && <RemoveButton label={t('removePart', { name: step.name })} onClick={onRemove} />}
      <PropertyFilters
        filters={step.where ?? []}
        properties={names.events.get(step.name)?.properties ?? {}}
        onChange={(where) => {
          const { where: _old, ...rest } = step;
          onChange(where.length > 0 ? { ...rest, where } : rest);
        }}
      />
    </>
  );
}
