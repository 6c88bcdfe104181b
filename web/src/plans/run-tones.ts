import type { RunRecord } from '@sluice/shared/http-api';
import type { StatusTone } from '../ui/status-tag.tsx';

export const RUN_TONES: Record<RunRecord['status'], StatusTone> = {
  running: 'active',
  waiting: 'active',
  ended: 'quiet',
  failed: 'bad',
};
