import { useTranslation } from 'react-i18next';
import type { Notice } from '../editor/session.ts';

/** Why the last command did nothing, or what it did unseen, as a sentence. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useTranslation('editor');
  return ({ key, values = {} }) => {
    const { count } = values;
    return t(key, { ...values, count: typeof count === 'number' ? count : 1 });
  };
}
