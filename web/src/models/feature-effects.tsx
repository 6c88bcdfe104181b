import type { ModelFeature } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { Bar } from './bar.tsx';
import styles from './feature-table.module.css';
import { describeValue } from './feature-words.ts';
import { formatFactor } from './format-score.ts';

/** By how much each value multiplies the odds against the average profile. */
export function FeatureEffects({ feature: { effects }, isDate }: { feature: ModelFeature; isDate: boolean }) {
  const { t, i18n } = useTranslation('models');
  const format = useFormat();
  const most = Math.max(...effects.map(({ oddsFactor }) => oddsFactor));
  return (
    <div className={styles.effects}>
      {effects.map(({ value, oddsFactor, profiles }) => {
        const name = describeValue(value, { t, language: i18n.language, isDate });
        return [
          <span key={`${name} value`}>{name}</span>,
          <Bar
            key={`${name} factor`}
            text={`×${formatFactor(oddsFactor, i18n.language)}`}
            share={oddsFactor / most}
            tone={oddsFactor >= 1 ? 'strong' : 'plain'}
          />,
          <span key={`${name} count`} className={styles.count}>
            {t('people', { people: format.count(profiles) })}
          </span>,
        ];
      })}
    </div>
  );
}
