import { PlusOutlined } from '@ant-design/icons';
import { operatorsOf, type PropertyFilter } from '@sluice/shared/condition';
import type { ValueType } from '@sluice/shared/model';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { RemoveButton } from '../ui/remove-button.tsx';
import { ComparisonFields } from './comparison-fields.tsx';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { NameSelect } from './name-select.tsx';

interface PropertyFiltersProps {
  filters: readonly PropertyFilter[];
  properties: Readonly<Record<string, ValueType>>;
  /** How they are called, where that is not their name. */
  labels?: Readonly<Record<string, string>>;
  what?: 'events' | 'rows';
  onChange: (filters: PropertyFilter[]) => void;
}

/** Only events, or rows, whose properties pass are counted; all filters must hold. */
export function PropertyFilters({ filters, properties, labels = {}, what = 'events', onChange }: PropertyFiltersProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const options = Object.keys(properties).map((name) => ({ value: name, label: labels[name] ?? name }));
  const [firstName] = Object.keys(properties);
  const typeOf = (property: string): ValueType => properties[property] ?? 'string';
  const startWith = (property: string): PropertyFilter => {
    const [operator = 'equals'] = operatorsOf(typeOf(property), 'property');
    return { property, is: { operator } };
  };
  const set = (index: number, filter: PropertyFilter) =>
    onChange(filters.map((old, place) => (place === index ? filter : old)));
  if (filters.length === 0 && (firstName === undefined || isDisabled)) return null;
  return (
    <div className={styles.filters}>
      {filters.map((filter, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- filters have no identity but their place
        <div key={index} className={styles.filter} role="group" aria-label={t('where')}>
          <span className={styles.between}>{t('where')}</span>
          <NameSelect
            label={t(what === 'rows' ? 'column' : 'property')}
            value={filter.property}
            options={options}
            onChange={(property) =>
              set(index, typeOf(property) === typeOf(filter.property) ? { ...filter, property } : startWith(property))
            }
          />
          <ComparisonFields
            is={filter.is}
            type={typeOf(filter.property)}
            operators={operatorsOf(typeOf(filter.property), 'property')}
            samples={[]}
            onChange={(is) => set(index, { ...filter, is })}
          />
          {!isDisabled && (
            <RemoveButton
              label={t('removePart', { name: filter.property })}
              onClick={() => onChange(filters.filter((_filter, place) => place !== index))}
            />
          )}
        </div>
      ))}
      {!isDisabled && firstName !== undefined && (
        <div>
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => onChange([...filters, startWith(firstName)])}
          >
            {t(what === 'rows' ? 'addRowFilter' : 'addFilter')}
          </Button>
        </div>
      )}
    </div>
  );
}
