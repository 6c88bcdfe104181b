import type { ValueType } from '@sluice/shared/model';
import { AutoComplete, InputNumber } from 'antd';
import type { Operand } from './comparison-draft.ts';
import { DateField } from './date-field.tsx';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';

interface OperandFieldProps {
  label: string;
  type: ValueType;
  samples: readonly string[];
  value: Operand | undefined;
  onChange: (value: Operand | undefined) => void;
}

/** One value to compare with, by type. */
export function OperandField({ label, type, samples, value, onChange }: OperandFieldProps) {
  const { isDisabled } = useEditorFacts();
  if (type === 'number') {
    return (
      <InputNumber<number>
        className={styles.number ?? ''}
        aria-label={label}
        value={typeof value === 'number' ? value : null}
        disabled={isDisabled}
        controls={false}
        onChange={(number) => onChange(number ?? undefined)}
      />
    );
  }
  if (type === 'date') return <DateField label={label} value={value} onChange={onChange} />;
  return (
    <AutoComplete
      className={styles.value ?? ''}
      aria-label={label}
      placeholder={label}
      value={value === undefined || value === null || typeof value === 'object' ? '' : String(value)}
      disabled={isDisabled}
      options={samples.map((sample) => ({ value: sample }))}
      showSearch={{ filterOption: (text, option) => String(option?.value).toLowerCase().includes(text.toLowerCase()) }}
      onChange={(text: string | undefined) => onChange(text ? text : undefined)}
    />
  );
}
