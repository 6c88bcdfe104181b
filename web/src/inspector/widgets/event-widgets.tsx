import type { PropertyFilter } from '@sluice/shared/condition';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../../audiences/editor-context.ts';
import { PropertyFilters } from '../../audiences/property-filters.tsx';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import type { WidgetProps } from '../widget.ts';
import { NameField } from './name-field.tsx';
import styles from './widgets.module.css';

/** A property of the event in the param `event`. */
export function EventPropertyWidget(props: WidgetProps) {
  const names = Object.keys(usePropertiesOf(props.params));
  return <NameField {...props} names={names} placeholder={props.texts.placeholder ?? ''} />;
}

/** Filters over the properties of the event in the param `event`. */
export function EventFiltersWidget({ id, value, params, isDisabled, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const names = useDictionary();
  const properties = usePropertiesOf(params);
  const filters = Array.isArray(value) ? (value as PropertyFilter[]) : [];
  const facts = useMemo(
    () => ({ names, problems: [], isDisabled, isInRun: false, ownId: undefined }),
    [names, isDisabled],
  );
  const isUnknown = Object.keys(properties).length === 0;
  return (
    <EditorContext value={facts}>
      <div id={id} role="group" aria-describedby={describedBy}>
        {isUnknown && filters.length === 0 && <span className={styles.sum}>{t('event.noProperties')}</span>}
        <PropertyFilters
          filters={filters}
          properties={properties}
          onChange={(next) => onChange(next.length > 0 ? next : undefined)}
        />
      </div>
    </EditorContext>
  );
}

function usePropertiesOf(params: WidgetProps['params']) {
  const { events } = useDictionary();
  return events.get(String(params.event ?? ''))?.properties ?? {};
}
