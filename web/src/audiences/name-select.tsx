import { Select } from 'antd';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';

interface NameSelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (name: string) => void;
}

/** A name of the dictionary; the present one stays offered even when the dictionary does not know it. */
export function NameSelect({ label, value, options, onChange }: NameSelectProps) {
  const { isDisabled } = useEditorFacts();
  const isKnown = options.some((option) => option.value === value);
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      className={styles.name ?? ''}
      aria-label={label}
      value={value || null}
      placeholder={label}
      disabled={isDisabled}
      popupMatchSelectWidth={false}
      options={isKnown || value === '' ? [...options] : [{ value, label: value }, ...options]}
      onChange={(name) => name && onChange(name)}
    />
  );
}
