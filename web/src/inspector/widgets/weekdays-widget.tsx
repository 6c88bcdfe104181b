import { nameOfWeekday } from '@sluice/shared/time';
import { Checkbox } from 'antd';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import type { WidgetProps } from '../widget.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** Days of the week, kept in its order. */
export function WeekdaysWidget({ id, texts, value, isDisabled, describedBy, onChange }: WidgetProps) {
  const language = useLanguage();
  const chosen = Array.isArray(value) ? value.map(Number) : [];
  return (
    <div id={id} role="group" aria-label={texts.label} aria-describedby={describedBy}>
      <Checkbox.Group<number>
        value={chosen}
        disabled={isDisabled}
        options={DAYS.map((day) => ({ value: day, label: nameOfWeekday(day, language) }))}
        onChange={(days) => onChange(days.toSorted((a, b) => a - b))}
      />
    </div>
  );
}
