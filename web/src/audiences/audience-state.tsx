import type { AudienceSummary } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { StatusTag } from '../ui/status-tag.tsx';
import { useNow } from '../ui/use-now.ts';

/** Whether the members are what the condition says, in a word. */
export function AudienceState({
  audience,
}: {
  audience: Pick<AudienceSummary, 'kind' | 'extraction' | 'isFilling' | 'refreshedAt' | 'problems'>;
}) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const now = useNow();
  const { kind, extraction, isFilling, refreshedAt, problems = [] } = audience;
  if (isFilling) return <StatusTag tone="active" text={t('state.filling')} />;
  if (extraction?.status === 'running')
    return <StatusTag tone="active" text={t('state.extracting', { share: format.share(extraction.progress, 1) })} />;
  if (extraction?.status === 'cancelled') return <StatusTag tone="waiting" text={t('state.cancelled')} />;
  if (extraction?.status === 'failed') return <StatusTag tone="bad" text={t('state.failed')} />;
  if (problems.length > 0) return <StatusTag tone="bad" text={t('state.broken')} />;
  if (kind === 'manual') return <StatusTag tone="quiet" text={t('state.manual')} />;
  if (kind === 'snapshot' && refreshedAt)
    return <StatusTag tone="quiet" text={t('state.frozen', { at: format.absolute(refreshedAt, now) })} />;
  return <StatusTag tone="good" text={t('state.current')} />;
}
