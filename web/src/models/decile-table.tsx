import type { ModelBand, ModelReport } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { Section } from '../ui/section.tsx';
import { Share } from '../ui/share.tsx';
import { Bar } from './bar.tsx';
import { formatFactor } from './format-score.ts';

/** What was predicted of each tenth and what happened. */
export function DecileTable({ report: { deciles } }: { report: ModelReport }) {
  const { t, i18n } = useTranslation('models');
  const format = useFormat();
  const rows = deciles.map((band, index) => ({ ...band, place: index + 1 }));
  const mostLift = Math.max(1, ...deciles.map(({ lift }) => lift));
  const columns = [
    {
      key: 'band',
      title: t('deciles.band'),
      render: ({ place }: ModelBand & { place: number }) =>
        place === 1 ? t('deciles.best', { n: place }) : String(place),
    },
    {
      key: 'profiles',
      title: t('deciles.profiles'),
      isNumeric: true,
      render: ({ profiles }: ModelBand) => format.count(profiles),
    },
    {
      key: 'predicted',
      title: t('deciles.predicted'),
      isNumeric: true,
      render: ({ predicted }: ModelBand) => format.share(predicted, 1),
    },
    {
      key: 'actual',
      title: t('deciles.actual'),
      isNumeric: true,
      render: ({ positives, profiles }: ModelBand) => <Share part={positives} whole={profiles} />,
    },
    {
      key: 'lift',
      title: t('deciles.lift'),
      render: ({ lift }: ModelBand) => (
        <Bar text={formatFactor(lift, i18n.language)} share={lift / mostLift} tone={lift >= 1 ? 'strong' : 'plain'} />
      ),
    },
  ];
  return (
    <Section title={t('deciles.title')} hint={t('deciles.hint')}>
      <PlainTable label={t('deciles.title')} columns={columns} rows={rows} keyOf={({ place }) => String(place)} />
    </Section>
  );
}
