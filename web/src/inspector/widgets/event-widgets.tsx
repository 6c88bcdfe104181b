import type { PropertyFilter } from '@sluice/shared/condition';
import { AutoComplete } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../../audiences/editor-context.ts';
import { PropertyFilters } from '../../audiences/property-filters.tsx';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** An event of the dictionary, or the name of one that is yet to arrive. */
export function EventWidget(props: WidgetProps) {
  const { events } = useDictionary();
  return <NameField {...props} names={[...events.keys()]} />;
}

/** A property of the event in the param `event`. */
export function EventPropertyWidget(props: WidgetProps) {
  return <NameField {...props} names={Object.keys(usePropertiesOf(props.params))} />;
}

/** Filters over the properties of the event in the param `event`. */
export function PropertyFiltersWidget({ id, value, params, isDisabled, describedBy, onChange }: WidgetProps) {
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

function NameField({
  id,
  value,
  texts,
  isDisabled,
  isInvalid,
  describedBy,
  names,
  onChange,
}: WidgetProps & { names: readonly string[] }) {
  const text = typeof value === 'string' ? value : '';
  return (
    <AutoComplete
      id={id}
      className={styles.wide ?? ''}
      value={text}
      disabled={isDisabled}
      placeholder={texts.placeholder ?? ''}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      options={names.map((name) => ({ value: name }))}
      showSearch={{
        filterOption: (typed, option) =>
          // With the chosen value still in the field, the whole list is what one wants to see.
          typed === text || (option?.value ?? '').toLocaleLowerCase().includes(typed.toLocaleLowerCase()),
      }}
      onChange={onChange}
    />
  );
}
