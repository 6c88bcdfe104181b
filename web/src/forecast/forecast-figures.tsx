import type { ForecastResult } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { FigureRow } from '../ui/figure-row.tsx';
import { toMajor } from '../ui/format/currencies.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { useNow } from '../ui/use-now.ts';

interface ForecastFiguresProps {
  result: ForecastResult;
  currency: string;
  /** Of what conversions are worth. */
  valueCurrency: string | undefined;
  other: ForecastResult | undefined;
}

/** The figures one asks for first, each with what gives it its meaning. */
export function ForecastFigures({ result, currency, valueCurrency, other }: ForecastFiguresProps) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const now = useNow();
  const { entered, profiles, runs, clicked, converted, valueMinor, costMinor } = result;
  const sentOf = ({ messages }: ForecastResult) => messages.reduce((sum, { sent }) => sum + sent, 0);
  const peak = result.messages[0]?.peak;
  const against = (own: number, ofOther: (other: ForecastResult) => number) =>
    other && t('figures.before', { delta: format.delta(own, ofOther(other)) });
  const noteOf = (note: string | undefined, delta: string | undefined) => delta ?? note;
  return (
    <FigureRow
      figures={[
        {
          name: t('figures.entered'),
          value: format.count(entered),
          note: noteOf(
            t('figures.enteredNote', { profiles: format.count(profiles), runs: format.count(runs) }),
            against(entered, (one) => one.entered),
          ),
        },
        ...(result.messages.length > 0
          ? [
              {
                name: t('figures.sent'),
                value: format.count(sentOf(result)),
                note: noteOf(
                  peak
                    ? t('figures.sentNote', { peak: format.count(peak.perMinute), at: format.absolute(peak.at, now) })
                    : undefined,
                  against(sentOf(result), sentOf),
                ),
              },
            ]
          : []),
        {
          name: t('figures.clicked'),
          value: format.count(clicked),
          note: noteOf(
            t('figures.share', { share: format.share(clicked, runs) }),
            against(clicked, (one) => one.clicked),
          ),
        },
        {
          name: t('figures.converted'),
          value: format.count(converted),
          note: noteOf(
            t('figures.share', { share: format.share(converted, runs) }),
            against(converted, (one) => one.converted),
          ),
        },
        ...(valueMinor > 0 && valueCurrency !== undefined
          ? [{ name: t('figures.value'), value: format.money(toMajor(valueMinor, valueCurrency), valueCurrency) }]
          : []),
        ...(costMinor > 0
          ? [
              {
                name: t('figures.cost'),
                value: format.money(toMajor(costMinor, currency), currency),
                note:
                  converted > 0 &&
                  t('figures.costNote', { each: format.money(toMajor(costMinor, currency) / converted, currency) }),
              },
            ]
          : []),
      ]}
    />
  );
}
