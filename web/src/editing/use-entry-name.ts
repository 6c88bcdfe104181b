import { useTranslation } from 'react-i18next';
import type { EntryName } from '../editor/history.ts';
import { useNodeWords } from './use-node-words.ts';
import { usePartsText } from './use-parts-text.ts';

/** An entry of the history in words: "Move 3 nodes". */
export function useEntryName(): (name: EntryName) => string {
  const { t } = useTranslation('editor');
  const words = useNodeWords();
  const partsOf = usePartsText();
  return ({ key, values = {} }) => {
    const { kind } = values;
    const title = typeof kind === 'string' ? words.kindTitleOf(kind) : undefined;
    const { count } = values;
    return t(`entries.${key}`, {
      ...values,
      count: typeof count === 'number' ? count : 1,
      title,
      parts: partsOf(values),
    });
  };
}
