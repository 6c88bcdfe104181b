import type { ForecastResult } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { Share } from '../ui/share.tsx';

/** How many of those who enter do what the flow listens to. */
export function OutcomeTable({ outcomes, entered }: { outcomes: ForecastResult['outcomes']; entered: number }) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  return (
    <PlainTable
      label={t('outcomes.title')}
      rows={outcomes}
      keyOf={({ key }) => key}
      columns={[
        {
          key: 'event',
          title: t('outcomes.event'),
          render: ({ key, event }) => (key === event ? event : `${event} (${t('rates.filtered')})`),
        },
        {
          key: 'people',
          title: t('outcomes.people'),
          isNumeric: true,
          render: ({ people }) => format.count(people),
        },
        { key: 'share', title: '%', isNumeric: true, render: ({ people }) => <Share part={people} whole={entered} /> },
      ]}
    />
  );
}
