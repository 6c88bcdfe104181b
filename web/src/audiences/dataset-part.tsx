import { type DatasetMeasure, MEASURE_OPERATORS, operatorsOf } from '@sluice/shared/condition';
import type { ValueType } from '@sluice/shared/model';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ComparisonFields } from './comparison-fields.tsx';
import { createDatasetLeaf, type DatasetLeaf } from './condition-group.ts';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { NameSelect } from './name-select.tsx';
import { PartFrame } from './part-frame.tsx';
import { PropertyFilters } from './property-filters.tsx';

interface DatasetPartProps {
  leaf: DatasetLeaf;
  at: string;
  onChange: (leaf: DatasetLeaf) => void;
  onRemove: () => void;
}

/** "has at least 1 row in Policies where expires_on is between today and 30 days from today". */
export function DatasetPart({ leaf, at, onChange, onRemove }: DatasetPartProps) {
  const { t } = useTranslation('audiences');
  const { names } = useEditorFacts();
  const dataset = names.datasets.get(leaf.dataset);
  const columns = (dataset?.columns ?? []).filter(({ rights }) => rights.mayUse);
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  const labels = Object.fromEntries(columns.map(({ name, displayName }) => [name, displayName || name]));
  const options = [...names.datasets.values()].map(({ name, displayName }) => ({ value: name, label: displayName }));
  const type = comparedType(leaf.measure, types);
  return (
    <PartFrame name={dataset?.displayName ?? leaf.dataset} at={at} onRemove={onRemove}>
      <NameSelect
        label={t('dataset')}
        value={leaf.dataset}
        options={options}
        onChange={(name) => onChange(createDatasetLeaf(name))}
      />
      <MeasureSelect leaf={leaf} types={types} labels={labels} onChange={onChange} />
      <ComparisonFields
        is={leaf.is}
        type={type}
        operators={isCounted(leaf.measure) ? MEASURE_OPERATORS : operatorsOf(type, 'property')}
        samples={[]}
        onChange={(is) => onChange({ ...leaf, is })}
      />
      <PropertyFilters
        filters={leaf.where ?? []}
        properties={types}
        labels={labels}
        what="rows"
        onChange={(where) => {
          const { where: _old, ...rest } = leaf;
          onChange(where.length > 0 ? { ...rest, where } : rest);
        }}
      />
    </PartFrame>
  );
}

interface MeasureSelectProps extends Pick<DatasetPartProps, 'leaf' | 'onChange'> {
  types: Readonly<Record<string, ValueType>>;
  labels: Readonly<Record<string, string>>;
}

/** How many rows, or the total, least or greatest value of a column. */
function MeasureSelect({ leaf, types, labels, onChange }: MeasureSelectProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const of = (kind: 'sum' | 'min' | 'max') =>
    Object.entries(types)
      .filter(([, type]) => type === 'number' || (type === 'date' && kind !== 'sum'))
      .map(([column, type]) => {
        const words = type === 'date' && kind !== 'sum' ? (`${kind}Date` as const) : kind;
        return { value: `${kind} ${column}`, label: t(`rowMeasures.${words}`, { column: labels[column] ?? column }) };
      });
  const { measure } = leaf;
  const value = measure.kind === 'count' ? 'count' : `${measure.kind} ${measure.column}`;
  const choose = (choice: string) => {
    const [kind = 'count', ...rest] = choice.split(' ');
    const next = kind === 'count' ? { kind } : { kind, column: rest.join(' ') };
    onChange(withMeasure(leaf, next as DatasetMeasure, types));
  };
  return (
    <Select
      className={styles.operator ?? ''}
      aria-label={t('measure')}
      value={value}
      disabled={isDisabled}
      popupMatchSelectWidth={false}
      options={[{ value: 'count', label: t('rowMeasures.count') }, ...of('sum'), ...of('min'), ...of('max')]}
      onChange={choose}
    />
  );
}

function isCounted({ kind }: DatasetMeasure): boolean {
  return kind === 'count' || kind === 'sum';
}

function comparedType(measure: DatasetMeasure, types: Readonly<Record<string, ValueType>>): ValueType {
  return measure.kind === 'min' || measure.kind === 'max' ? (types[measure.column] ?? 'number') : 'number';
}

/** The comparison stays where what is compared is of the same kind as before. */
function withMeasure(
  leaf: DatasetLeaf,
  measure: DatasetMeasure,
  types: Readonly<Record<string, ValueType>>,
): DatasetLeaf {
  const type = comparedType(measure, types);
  if (type === comparedType(leaf.measure, types) && isCounted(measure) === isCounted(leaf.measure))
    return { ...leaf, measure };
  const [operator = 'exists'] = isCounted(measure) ? MEASURE_OPERATORS : operatorsOf(type, 'property');
  return { ...leaf, measure, is: isCounted(measure) ? { operator, value: 1 } : { operator } };
}
