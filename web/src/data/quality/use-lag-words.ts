import { MINUTE_MS } from '@sluice/shared/time';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/use-format.ts';

/** How long data is behind, in words; nobody acts on seconds. */
export function useLagWords(): (lagMs: number) => string {
  const { t } = useTranslation('governance');
  const format = useFormat();
  return (lagMs) => (lagMs < MINUTE_MS ? t('quality.withinMinute') : format.duration(lagMs));
}
