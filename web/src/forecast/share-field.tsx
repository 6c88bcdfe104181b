import { InputNumber } from 'antd';
import styles from './forecast.module.css';

interface ShareFieldProps {
  label: string;
  /** 0 to 1. */
  value: number;
  onChange: (share: number) => void;
}

/** A share, entered as per cent with one decimal. */
export function ShareField({ label, value, onChange }: ShareFieldProps) {
  return (
    <InputNumber<number>
      className={styles.share ?? ''}
      aria-label={label}
      min={0}
      max={100}
      precision={1}
      suffix="%"
      value={Math.round(value * 1000) / 10}
      onChange={(percent) => onChange((percent ?? 0) / 100)}
    />
  );
}
