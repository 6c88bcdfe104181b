import type { FlowSummary } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { StatusTag, type StatusTone } from '../ui/status-tag.tsx';

const TONES: Record<FlowSummary['status'], StatusTone> = {
  draft: 'quiet',
  live: 'good',
  paused: 'waiting',
  archived: 'quiet',
};

/** The state of a flow, its live version and whether the draft has moved on since. */
export function FlowStatusTag({
  flow,
}: {
  flow: Pick<FlowSummary, 'status' | 'liveVersion' | 'hasUnpublishedChanges'>;
}) {
  const { t } = useTranslation('plans');
  const version = flow.liveVersion === null ? [] : [t('versions.version', { version: flow.liveVersion })];
  const changed = flow.liveVersion !== null && flow.hasUnpublishedChanges ? [t('changed')] : [];
  return (
    <StatusTag tone={TONES[flow.status]} text={[t(`status.${flow.status}`), ...version, ...changed].join(' · ')} />
  );
}
