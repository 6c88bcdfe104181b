import type { Audience } from '@sluice/shared/http-api';
import { Segmented } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { Moment } from '../ui/moment.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { Section } from '../ui/section.tsx';
import { useNow } from '../ui/use-now.ts';
import type { SizePoint } from './size-chart.tsx';

const SizeChart = lazy(async () => ({ default: (await import('./size-chart.tsx')).SizeChart }));

/** How many members it had each time it was gone through, and has now, once that is more than one number. */
export function SizeHistory({ audience: { sizes, size, kind } }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const now = useNow();
  const [shown, setShown] = useState<'chart' | 'table'>('chart');
  const points = useMemo((): SizePoint[] => {
    const past = sizes.map((each) => ({ at: Date.parse(each.at), size: each.size }));
    // A snapshot stays as it was; what follows its condition has moved on since.
    const hasMoved = past.length > 1 || (past.length > 0 && past[0]?.size !== size);
    return kind === 'dynamic' && hasMoved ? [...past, { at: now, size }] : past;
  }, [sizes, size, kind, now]);
  if (points.length < 2) return null;
  const changes = points.map((point, index) => ({
    ...point,
    by: point.size - (points[index - 1]?.size ?? point.size),
  }));
  return (
    <Section
      title={t('page.sizes')}
      actions={
        <Segmented<'chart' | 'table'>
          value={shown}
          options={(['chart', 'table'] as const).map((value) => ({ value, label: t(`sizes.${value}`) }))}
          onChange={setShown}
        />
      }
    >
      {shown === 'chart' ? (
        <Suspense fallback={<Loading />}>
          <SizeChart points={points} title={t('page.sizes')} />
        </Suspense>
      ) : (
        <PlainTable
          label={t('page.sizes')}
          rows={changes.toReversed()}
          keyOf={({ at }) => String(at)}
          columns={[
            { key: 'at', title: t('sizes.at'), render: ({ at }) => <Moment at={new Date(at).toISOString()} /> },
            { key: 'size', title: t('list.size'), isNumeric: true, render: (row) => format.count(row.size) },
            {
              key: 'by',
              title: t('sizes.change'),
              isNumeric: true,
              render: ({ by }) => (by > 0 ? `+${format.count(by)}` : by < 0 ? `−${format.count(-by)}` : '0'),
            },
          ]}
        />
      )}
    </Section>
  );
}
