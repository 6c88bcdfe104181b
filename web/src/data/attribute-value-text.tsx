import type { AttributeValue } from '@sluice/shared/model';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { NO_FIGURE } from '../ui/format/format-number.ts';
import { useNow } from '../ui/use-now.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** A stored value as people read it: dates in the workspace's zone, yes or no, lists by comma. */
export function AttributeValueText({ value }: { value: AttributeValue | undefined }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const nowMs = useNow();
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return NO_FIGURE;
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return format.count(value);
  if (Array.isArray(value)) return value.join(', ');
  return INSTANT.test(value) ? <span title={format.exact(value)}>{format.dayOrTime(value, nowMs)}</span> : value;
}
