import type { FeatureEffect, ModelFeature } from '@sluice/shared/http-api';
import type { TFunction } from 'i18next';
import { formatBound, formatFactor } from './format-score.ts';

/** Below this part of the scores a feature is not worth a sentence. */
const QUIET_SHARE = 0.01;
/** Effects nearer to none than this are not named. */
const WORTH_NAMING = 1.1;
const NAMED = 2;

/** Which way a feature turns the scores, as a short text. */
export function describeFeature(
  { direction, effects, share }: Pick<ModelFeature, 'direction' | 'effects' | 'share'>,
  { t, language, isDate }: Wording,
): string {
  if (share < QUIET_SHARE) return t('features.quiet');
  if (direction === 'rises') return t(isDate ? 'features.risesDate' : 'features.rises');
  if (direction === 'falls') return t(isDate ? 'features.fallsDate' : 'features.falls');
  const ranked = effects.toSorted((one, other) => other.oddsFactor - one.oddsFactor);
  const name = (named: readonly FeatureEffect[]) =>
    named
      .map(({ value, oddsFactor }) =>
        t('features.effect', {
          value: describeValue(value, { t, language, isDate }),
          factor: formatFactor(oddsFactor, language),
        }),
      )
      .join(language === 'zh-CN' ? '、' : ', ');
  const best = ranked.filter(({ oddsFactor }) => oddsFactor >= WORTH_NAMING).slice(0, NAMED);
  const worst = ranked
    .filter(({ oddsFactor }) => oddsFactor <= 1 / WORTH_NAMING)
    .slice(-NAMED)
    .reverse();
  const sentences = [
    best.length > 0 && t('features.best', { values: name(best) }),
    worst.length > 0 && t('features.worst', { values: name(worst) }),
  ].filter((sentence) => sentence !== false);
  return sentences.length > 0 ? sentences.join(language === 'zh-CN' ? '' : ' ') : t('features.quiet');
}

interface Wording {
  t: TFunction<'models'>;
  language: string;
  /** Of a date the model knows how many days ago it was. */
  isDate: boolean;
}

export function describeValue(value: FeatureEffect['value'], wording: Wording): string {
  const { t } = wording;
  switch (value.kind) {
    case 'text':
      return t('features.text', { text: value.text });
    case 'boolean':
      return t(value.isTrue ? 'features.true' : 'features.false');
    case 'missing':
      return t('features.missing');
    case 'other':
      return t('features.other');
    case 'range':
      return describeRange(value, wording);
  }
}

function describeRange(
  { above, upTo }: { above: number | null; upTo: number | null },
  { t, language, isDate }: Wording,
): string {
  // All that have one have the same.
  if (above === null && upTo === null) return t('features.present');
  const bounds = {
    above: above === null ? '' : formatBound(above, language),
    upTo: upTo === null ? '' : formatBound(upTo, language),
  };
  if (above === null) return t(isDate ? 'features.upToDays' : 'features.upTo', bounds);
  if (upTo === null) return t(isDate ? 'features.aboveDays' : 'features.above', bounds);
  return t(isDate ? 'features.betweenDays' : 'features.between', bounds);
}
