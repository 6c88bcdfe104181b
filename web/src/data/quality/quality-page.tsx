import { api, type QualityRow } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttributeNames } from '../../audiences/use-attribute-names.ts';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import { useHasRole } from '../../access/session.ts';
import { useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NO_FIGURE } from '../../ui/format/format-number.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { ListSurface } from '../../ui/list-surface.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Page } from '../../ui/page.tsx';
import { type PlainColumn, PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import { AlertsTable } from './alerts-table.tsx';
import { CreateAlert } from './create-alert.tsx';
import { QueuesTable } from './queues-table.tsx';
import { useLagWords } from './use-lag-words.ts';

const LOOK_MS = 30_000;

/** Whether the data can be trusted today: fresh, complete, as it should be, and as much as usual. */
export function QualityPage() {
  const { t } = useTranslation('governance');
  const canChange = useHasRole('administrator', 'operator', 'developer');
  const [isCreating, setCreating] = useState(false);
  const report = useReply(api.quality.report, {}, { refetchInterval: LOOK_MS });
  const alerts = useReply(api.quality.listAlerts, {}, { refetchInterval: LOOK_MS });
  const { deleted } = useDictionary();
  const rows = (report.data?.items ?? []).filter(({ kind, name }) => kind === 'event' || !deleted.has(name));
  const columns = useColumns();
  return (
    <Page
      title={t('quality.title')}
      hint={t('quality.hint')}
      actions={
        canChange && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('quality.createAlert')}
          </Button>
        )
      }
    >
      {(alerts.data?.items.length ?? 0) > 0 && (
        <Section title={t('quality.alerts')}>
          <AlertsTable alerts={alerts.data?.items ?? []} canChange={canChange} />
        </Section>
      )}
      <QueuesTable />
      <ListSurface list={report}>
        {rows.length === 0 ? (
          <EmptyState title={t('quality.empty')} text={t('quality.emptyText')} />
        ) : (
          (['attribute', 'event'] as const).map((kind) => (
            <Section key={kind} title={t(`quality.kinds.${kind}`)}>
              <PlainTable
                label={t(`quality.kinds.${kind}`)}
                columns={columns[kind]}
                rows={rows.filter((row) => row.kind === kind)}
                keyOf={({ name }) => name}
              />
            </Section>
          ))
        )}
      </ListSurface>
      <CreateAlert isOpen={isCreating} rows={rows} onClose={() => setCreating(false)} />
    </Page>
  );
}

function useColumns(): Record<QualityRow['kind'], PlainColumn<QualityRow>[]> {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const nameOf = useAttributeNames();
  const dictionary = useDictionary().attributes;
  const share = (value: number | null) => (value === null ? NO_FIGURE : format.share(value, 1));
  const swing = (value: number | null) => {
    if (value === null) return NO_FIGURE;
    return `${value < 0 ? '−' : '+'}${format.share(Math.abs(value), 1)}`;
  };
  const lagWords = useLagWords();
  const lag = (ms: number | null) => (ms === null ? NO_FIGURE : lagWords(ms));
  // Without a rule nothing was looked at, and 100 % would say that it had been.
  const conformity = (row: QualityRow) =>
    dictionary.get(row.name)?.rule || Object.keys(row.breaches).length > 0 ? share(row.conformity) : NO_FIGURE;
  const breaches = (row: QualityRow) =>
    Object.entries(row.breaches)
      .map(([code, count]) =>
        t('quality.breach', { reason: t(`breaches.${code as 'type'}`), count: format.count(count) }),
      )
      .join(' · ');
  const name: PlainColumn<QualityRow> = {
    key: 'name',
    title: t('quality.name'),
    render: (row) => (row.kind === 'attribute' ? nameOf(row.name) : row.name),
  };
  const common: PlainColumn<QualityRow>[] = [
    { key: 'fresh', title: t('quality.fresh'), render: (row) => <Moment at={row.lastAt} /> },
    { key: 'today', title: t('quality.today'), isNumeric: true, render: (row) => format.count(row.today) },
    { key: 'swing7', title: t('quality.swing7'), isNumeric: true, render: (row) => swing(row.swing7) },
    { key: 'swing28', title: t('quality.swing28'), isNumeric: true, render: (row) => swing(row.swing28) },
  ];
  return {
    attribute: [
      name,
      ...common,
      { key: 'complete', title: t('quality.complete'), isNumeric: true, render: (row) => share(row.completeness) },
      { key: 'conform', title: t('quality.conform'), isNumeric: true, render: conformity },
      { key: 'breaches', title: t('quality.breaches'), render: breaches },
    ],
    event: [
      name,
      ...common,
      { key: 'lag', title: t('quality.lag'), isNumeric: true, render: (row) => lag(row.lagMs) },
      { key: 'mostLag', title: t('quality.mostLag'), isNumeric: true, render: (row) => lag(row.mostLagMs) },
    ],
  };
}
