import { useTranslation } from 'react-i18next';
import type { EntryName } from '../editor/history.ts';
import { PARTS } from '../editor/parts.ts';

/** Counted parts of a flow in words: "2 nodes, a note and a frame". */
export function usePartsText(): (values: NonNullable<EntryName['values']>) => string {
  const { t } = useTranslation('editor');
  return (values) => {
    const [first = '', second, third] = PARTS.flatMap((part) => {
      const count = values[part];
      return typeof count === 'number' ? [t(`parts.${part}`, { count })] : [];
    });
    if (second === undefined) return first;
    return third === undefined ? t('parts.two', { first, second }) : t('parts.three', { first, second, third });
  };
}
