import { useTranslation } from 'react-i18next';
import type { Notice } from '../editor/session.ts';
import { usePartsText } from './use-parts-text.ts';

/** Why the last command did nothing, or what it did unseen, as a sentence. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useTranslation('editor');
  const partsOf = usePartsText();
  return ({ key, values = {} }) => t(key, { ...values, parts: partsOf(values) });
}
