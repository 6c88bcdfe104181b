import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import styles from './search-field.module.css';

interface SearchFieldProps {
  /** What is searched; stands inside the empty field and names it. */
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Searches while typing; there is nothing to press. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <Input
      type="search"
      allowClear
      className={styles.field ?? ''}
      prefix={<SearchOutlined aria-hidden />}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
