import { MEASURE_OPERATORS } from '@sluice/shared/condition';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ComparisonFields } from './comparison-fields.tsx';
import type { EventLeaf } from './condition-group.ts';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { NameSelect } from './name-select.tsx';
import { PartFrame } from './part-frame.tsx';
import { PropertyFilters } from './property-filters.tsx';
import { SequenceFields } from './sequence-fields.tsx';
import { WindowFields } from './window-fields.tsx';

interface EventPartProps {
  leaf: EventLeaf;
  at: string;
  onChange: (leaf: EventLeaf) => void;
  onRemove: () => void;
}

/** "did Order Completed at least 2 times in the last 30 days where amount is greater than 50". */
export function EventPart({ leaf, at, onChange, onRemove }: EventPartProps) {
  const { t } = useTranslation('audiences');
  const { names } = useEditorFacts();
  const properties = names.events.get(leaf.name)?.properties ?? {};
  const rename = (name: string) => {
    const { where: _dropped, ...rest } = leaf;
    // Filters and sums name properties of the old event; the new one may not have them.
    onChange({ ...rest, name, measure: { kind: 'count' } });
  };
  const options = [...names.events.keys()].map((name) => ({ value: name, label: name }));
  return (
    <PartFrame name={leaf.name} at={at} onRemove={onRemove}>
      <NameSelect label={t('event')} value={leaf.name} options={options} onChange={rename} />
      <MeasureSelect leaf={leaf} onChange={onChange} />
      <ComparisonFields
        is={leaf.is}
        type="number"
        operators={MEASURE_OPERATORS}
        samples={[]}
        onChange={(is) => onChange({ ...leaf, is })}
      />
      <WindowFields window={leaf.window} onChange={(window) => onChange({ ...leaf, window })} />
      <PropertyFilters
        filters={leaf.where ?? []}
        properties={properties}
        onChange={(where) => {
          const { where: _old, ...rest } = leaf;
          onChange(where.length > 0 ? { ...rest, where } : rest);
        }}
      />
      <SequenceFields
        steps={leaf.followedBy ?? []}
        event={leaf.name}
        onChange={(followedBy) => {
          const { followedBy: _old, ...rest } = leaf;
          onChange(followedBy.length > 0 ? { ...rest, followedBy } : rest);
        }}
      />
    </PartFrame>
  );
}

/** How often, or the total of a numeric property. */
function MeasureSelect({ leaf, onChange }: Pick<EventPartProps, 'leaf' | 'onChange'>) {
  const { t } = useTranslation('audiences');
  const { names, isDisabled } = useEditorFacts();
  const numeric = Object.entries(names.events.get(leaf.name)?.properties ?? {})
    .filter(([, type]) => type === 'number')
    .map(([name]) => name);
  const { measure } = leaf;
  const sums = measure.kind === 'sum' && !numeric.includes(measure.property) ? [measure.property, ...numeric] : numeric;
  return (
    <Select
      className={styles.operator ?? ''}
      aria-label={t('measure')}
      value={measure.kind === 'sum' ? `sum ${measure.property}` : 'count'}
      disabled={isDisabled}
      popupMatchSelectWidth={false}
      options={[
        { value: 'count', label: t('count') },
        ...sums.map((property) => ({ value: `sum ${property}`, label: t('sum', { property }) })),
      ]}
      onChange={(choice) =>
        onChange({
          ...leaf,
          measure: choice === 'count' ? { kind: 'count' } : { kind: 'sum', property: choice.slice('sum '.length) },
        })
      }
    />
  );
}
