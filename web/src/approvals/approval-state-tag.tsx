import type { ApprovalState, ApprovalSummary } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { StatusTag, type StatusTone } from '../ui/status-tag.tsx';

const TONES: Record<ApprovalState, StatusTone> = {
  open: 'waiting',
  approved: 'good',
  'sent-back': 'quiet',
  withdrawn: 'quiet',
  void: 'quiet',
};

export function ApprovalStateTag({ state, version }: Pick<ApprovalSummary, 'state' | 'version'>) {
  const { t } = useTranslation('approvals');
  return (
    <StatusTag tone={TONES[state]} text={version === null ? t(`states.${state}`) : t('becameVersion', { version })} />
  );
}
