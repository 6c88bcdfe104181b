import type { ModelTraining } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { StatusTag } from '../ui/status-tag.tsx';

/** Where the last training stands, in a word. */
export function ModelState({ training: { status, phase, progress } }: { training: ModelTraining }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  if (status === 'running')
    return <StatusTag tone="active" text={t(`state.${phase}`, { share: format.share(progress, 1) })} />;
  if (status === 'failed') return <StatusTag tone="bad" text={t('state.failed')} />;
  if (status === 'cancelled') return <StatusTag tone="waiting" text={t('state.cancelled')} />;
  return <StatusTag tone="good" text={t('state.ready')} />;
}
