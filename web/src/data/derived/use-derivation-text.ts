import { type Derivation, describeOperand, type EventWindow } from '@sluice/shared/condition';
import { DAY_MS } from '@sluice/shared/time';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { useFormat } from '../../ui/format/use-format.ts';

/** A derivation in one line. */
export function useDerivationText(): (derivation: Derivation) => string {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const language = useLanguage();
  const wordsOf = (window: EventWindow) =>
    window.kind === 'last'
      ? t('derived.reads.last', { count: Math.max(1, Math.round(window.ms / DAY_MS)) })
      : window.kind === 'between'
        ? t('derived.reads.between', {
            from: describeOperand(window.from, language),
            to: describeOperand(window.to, language),
          })
        : t('derived.reads.ever');
  return (derivation) => {
    if (derivation.kind === 'rfm') {
      const { event, amount, days } = derivation;
      return t('derived.reads.rfm', { event, amount, days: format.count(days) });
    }
    if (derivation.kind === 'cases') {
      const values = derivation.cases.map(({ value }) => String(value)).join(' · ');
      return t('derived.reads.cases', { count: derivation.cases.length, values });
    }
    const { event, measure } = derivation;
    const window = wordsOf(derivation.window);
    if (measure.kind === 'count') return t('derived.reads.count', { event, window });
    const words = t(`derived.measures.${measure.kind}`);
    return measure.property === undefined
      ? t('derived.reads.when', { measure: words, event, window })
      : t('derived.reads.of', { measure: words, event, window, property: measure.property });
  };
}
