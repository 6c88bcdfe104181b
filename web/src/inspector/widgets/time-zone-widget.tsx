import { Select } from 'antd';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** The zones of this browser; the standard's list leaves UTC out. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
  value: zone,
  label: zone.replaceAll('_', ' '),
}));

/** A time zone, found by typing a part of its name. */
export function TimeZoneWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <Select<string>
      id={id}
      className={styles.wide ?? ''}
      value={typeof value === 'string' ? value : null}
      disabled={isDisabled}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      showSearch={{ optionFilterProp: 'label' }}
      options={ZONES}
      onChange={onChange}
    />
  );
}
