import { type EventMeasure, isNumeric, MEASURE_OPERATORS, operatorsOf, propertyOf } from '@sluice/shared/condition';
import type { ValueType } from '@sluice/shared/model';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ComparisonFields } from './comparison-fields.tsx';
import { createEventLeaf, type EventLeaf } from './condition-group.ts';
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
    // Filters and measures name properties of the old event; the new one may not have them.
    onChange(withMeasure({ ...rest, name }, { kind: 'count' }, properties));
  };
  const type = comparedType(leaf.measure, properties);
  const options = [...names.events.keys()].map((name) => ({ value: name, label: name }));
  return (
    <PartFrame name={leaf.name} at={at} onRemove={onRemove}>
      <NameSelect label={t('event')} value={leaf.name} options={options} onChange={rename} />
      <MeasureSelect leaf={leaf} onChange={onChange} />
      <ComparisonFields
        is={leaf.is}
        type={type}
        operators={operatorsOfMeasure(leaf.measure, type)}
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

/** How often, the total of a numeric property, or when the first or last was and with which property. */
function MeasureSelect({ leaf, onChange }: Pick<EventPartProps, 'leaf' | 'onChange'>) {
  const { t } = useTranslation('audiences');
  const { names, isDisabled } = useEditorFacts();
  const types = names.events.get(leaf.name)?.properties ?? {};
  const { measure } = leaf;
  const chosen = [propertyOf(measure) ?? []].flat();
  const all = [...new Set([...chosen, ...Object.keys(types)])];
  const numeric = all.filter((name) => (measure.kind === 'sum' && chosen.includes(name)) || types[name] === 'number');
  const outermost = (kind: 'first' | 'last') => [
    { value: kind, label: t(`eventMeasures.${kind}At`) },
    ...all.map((property) => ({ value: `${kind} ${property}`, label: t(`eventMeasures.${kind}`, { property }) })),
  ];
  return (
    <Select
      className={styles.operator ?? ''}
      aria-label={t('measure')}
      value={[measure.kind, ...chosen].join(' ')}
      disabled={isDisabled}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        {
          label: t('eventMeasures.frequency'),
          options: [
            { value: 'count', label: t('count') },
            ...numeric.map((property) => ({ value: `sum ${property}`, label: t('sum', { property }) })),
          ],
        },
        { label: t('eventMeasures.firstGroup'), options: outermost('first') },
        { label: t('eventMeasures.lastGroup'), options: outermost('last') },
      ]}
      onChange={(choice) => onChange(withMeasure(leaf, readMeasure(choice), types))}
    />
  );
}

function readMeasure(choice: string): EventMeasure {
  const [kind = 'count', ...rest] = choice.split(' ');
  return (rest.length > 0 ? { kind, property: rest.join(' ') } : { kind }) as EventMeasure;
}

function comparedType(measure: EventMeasure, types: Readonly<Record<string, ValueType>>): ValueType {
  if (isNumeric(measure)) return 'number';
  const property = propertyOf(measure);
  return property === undefined ? 'date' : (types[property] ?? 'string');
}

function operatorsOfMeasure(measure: EventMeasure, type: ValueType) {
  return isNumeric(measure) ? MEASURE_OPERATORS : operatorsOf(type, 'attribute');
}

/** The comparison stays where what is compared is of the same kind as before. */
function withMeasure(leaf: EventLeaf, measure: EventMeasure, types: Readonly<Record<string, ValueType>>): EventLeaf {
  const type = comparedType(measure, types);
  const isAlike = type === comparedType(leaf.measure, types) && isNumeric(measure) === isNumeric(leaf.measure);
  if (isAlike) return { ...leaf, measure };
  if (isNumeric(measure)) return { ...leaf, measure, is: createEventLeaf(leaf.name).is };
  const [operator = 'exists'] = type === 'number' ? MEASURE_OPERATORS : operatorsOf(type, 'attribute');
  return { ...leaf, measure, is: { operator } };
}
