import { PlusOutlined } from '@ant-design/icons';
import type { Attributes, AttributeValue } from '@sluice/shared/model';
import { AutoComplete, Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { RemovableRow } from '../ui/removable-row.tsx';
import styles from './sandbox.module.css';

interface ValuesEditorProps {
  values: Attributes;
  /** Names that are offered, with the type of what they hold. */
  names: ReadonlyMap<string, string>;
  addLabel: string;
  onChange: (values: Attributes) => void;
}

/** Names with values, of a profile or of an event; the type of a value follows what is known of its name. */
export function ValuesEditor({ values, names, addLabel, onChange }: ValuesEditorProps) {
  const { t } = useTranslation('sandbox');
  const rows = Object.entries(values);
  const free = [...names.keys()].filter((name) => !Object.hasOwn(values, name));
  const replace = (index: number, row: [string, AttributeValue] | null) =>
    onChange(Object.fromEntries(rows.flatMap((old, place) => (place === index ? (row ? [row] : []) : [old]))));
  return (
    <div className={styles.rows}>
      {rows.map(([name, value], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is its place while its name is typed
        <RemovableRow key={index} removeLabel={t('values.remove', { name })} onRemove={() => replace(index, null)}>
          <AutoComplete
            className={styles.name ?? ''}
            aria-label={t('values.name')}
            value={name}
            options={free.map((one) => ({ value: one }))}
            showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }}
            onChange={(next) => !Object.hasOwn(values, next) && replace(index, [next, convert(value, names.get(next))])}
          />
          <ValueField
            label={t('values.valueOf', { name })}
            value={value}
            type={names.get(name)}
            onChange={(next) => replace(index, [name, next])}
          />
        </RemovableRow>
      ))}
      <div>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          disabled={Object.hasOwn(values, '')}
          onClick={() => onChange({ ...values, '': '' })}
        >
          {addLabel}
        </Button>
      </div>
    </div>
  );
}

interface ValueFieldProps {
  label: string;
  value: AttributeValue;
  type: string | undefined;
  onChange: (value: AttributeValue) => void;
}

function ValueField({ label, value, type, onChange }: ValueFieldProps) {
  const { t } = useTranslation('sandbox');
  const shared = { className: styles.value ?? '', 'aria-label': label };
  if (Array.isArray(value))
    return <Select<string[]> {...shared} mode="tags" value={value.map(String)} onChange={onChange} />;
  if (typeof value === 'boolean')
    return (
      <Select<'yes' | 'no'>
        {...shared}
        value={value ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t('values.yes') },
          { value: 'no', label: t('values.no') },
        ]}
        onChange={(answer) => onChange(answer === 'yes')}
      />
    );
  if (typeof value === 'number' && type === 'number')
    return <InputNumber<number> {...shared} value={value} onChange={(next) => onChange(next ?? 0)} />;
  return (
    <Input
      {...shared}
      value={value === null ? '' : String(value)}
      placeholder={type === 'date' ? '2026-03-01T08:00:00.000Z' : ''}
      // Of a name that nobody knows yet, what looks like a number is one.
      onChange={(event) => onChange(type === undefined ? guess(event.target.value) : event.target.value)}
    />
  );
}

function convert(value: AttributeValue, type: string | undefined): AttributeValue {
  if (type === 'number') return typeof value === 'number' ? value : Number(value) || 0;
  if (type === 'boolean') return typeof value === 'boolean' ? value : true;
  if (type === 'list') return Array.isArray(value) ? value : [];
  return value;
}

function guess(text: string): AttributeValue {
  return /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(text) ? Number(text) : text;
}
