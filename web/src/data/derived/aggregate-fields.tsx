import type { AggregateMeasure } from '@sluice/shared/condition';
import { Form, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../../audiences/editor-context.ts';
import { PropertyFilters } from '../../audiences/property-filters.tsx';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import { WindowFields } from '../../audiences/window-fields.tsx';
import styles from '../dictionary/dictionary-page.module.css';
import type { KindFieldsProps } from './derived-form.tsx';
import { EventSelect, PropertySelect } from './event-select.tsx';

const MEASURES = ['count', 'sum', 'average', 'least', 'most', 'distinct', 'first', 'last'] as const;
const OF_NUMBERS: readonly string[] = ['sum', 'average', 'least', 'most'];

/** Which events, what is read of them, and of which time. */
export function AggregateFields({ draft, onChange }: KindFieldsProps) {
  const { t } = useTranslation('governance');
  const names = useDictionary();
  const facts = useMemo(() => ({ names, problems: [], isDisabled: false, isInRun: false, ownId: undefined }), [names]);
  const { event, measure, property, window, where } = draft;
  const isInstant = measure === 'first' || measure === 'last';
  return (
    <EditorContext value={facts}>
      <Form.Item label={t('derived.event')}>
        <div className={styles.fields}>
          <EventSelect value={event} onChange={(name) => onChange({ event: name, property: '', where: [] })} />
          <PropertyFilters
            filters={where}
            properties={names.events.get(event)?.properties ?? {}}
            onChange={(filters) => onChange({ where: filters })}
          />
        </div>
      </Form.Item>
      <Form.Item label={t('derived.measure')}>
        <div className={styles.fields}>
          <Select<AggregateMeasure['kind']>
            className={styles.wide ?? ''}
            aria-label={t('derived.measure')}
            value={measure}
            popupMatchSelectWidth={false}
            options={MEASURES.map((value) => ({ value, label: t(`derived.measures.${value}`) }))}
            onChange={(kind) => onChange({ measure: kind, property: '' })}
          />
          {measure !== 'count' && (
            <PropertySelect
              event={event}
              label={t('derived.property')}
              isNumeric={OF_NUMBERS.includes(measure)}
              value={property}
              onChange={(name) => onChange({ property: name })}
              {...(isInstant && { none: t('derived.instant') })}
            />
          )}
        </div>
      </Form.Item>
      <Form.Item label={t('derived.window')}>
        <div className={styles.fields}>
          <WindowFields window={window} onChange={(next) => onChange({ window: next })} />
        </div>
      </Form.Item>
    </EditorContext>
  );
}
