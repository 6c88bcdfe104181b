import type { DeliveryStatus } from '@sluice/shared/model';
import type { StatusTone } from '../../ui/status-tag.tsx';

export const DELIVERY_TONES: Record<DeliveryStatus, StatusTone> = {
  planned: 'quiet',
  sending: 'active',
  sent: 'good',
  failed: 'bad',
  suppressed: 'waiting',
  unknown: 'waiting',
};
