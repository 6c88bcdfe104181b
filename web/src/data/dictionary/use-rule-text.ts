import type { AttributeRule } from '@sluice/shared/model';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/use-format.ts';

/** A rule in a few words: "Number · 0 to 120 · mend". */
export function useRuleText(): (rule: AttributeRule | undefined) => string {
  const { t } = useTranslation(['governance', 'data']);
  const format = useFormat();
  const bound = (value: number | string) => (typeof value === 'number' ? format.count(value) : value);
  return (rule) => {
    if (!rule) return t('rules.none');
    const { type, min, max, options, pattern, required, onBreach } = rule;
    const range = () => {
      if (min !== undefined && max !== undefined) return [t('rules.between', { min: bound(min), max: bound(max) })];
      if (min !== undefined) return [t('rules.min', { min: bound(min) })];
      return max === undefined ? [] : [t('rules.max', { max: bound(max) })];
    };
    const parts = [
      ...(type ? [t(`data:types.${type}`)] : []),
      ...range(),
      ...(options ? [t('rules.options', { count: options.length })] : []),
      ...(pattern ? [t('rules.pattern')] : []),
      ...(required ? [t('rules.required')] : []),
    ];
    return t('rules.joined', { parts: parts.join(' · '), breach: t(`rules.short.${onBreach}`) });
  };
}
