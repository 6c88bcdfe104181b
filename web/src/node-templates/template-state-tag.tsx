import type { TemplateState } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { StatusTag, type StatusTone } from '../ui/status-tag.tsx';

const TONES: Readonly<Record<TemplateState, StatusTone>> = {
  submitted: 'waiting',
  refused: 'quiet',
  available: 'good',
  deprecated: 'quiet',
  blocked: 'bad',
};

export function TemplateStateTag({ state }: { state: TemplateState }) {
  const { t } = useTranslation('nodeTemplates');
  return <StatusTag tone={TONES[state]} text={t(`states.${state}`)} />;
}
