import { api, type QualityAlert, type QueueName } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { NO_FIGURE } from '../../ui/format/format-number.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { Moment } from '../../ui/moment.tsx';
import { type PlainColumn, PlainTable } from '../../ui/plain-table.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';

/** The lines that were drawn, the crossed ones first. */
export function AlertsTable({ alerts, canChange }: { alerts: readonly QualityAlert[]; canChange: boolean }) {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const remove = useChange(api.quality.deleteAlert, [api.quality.listAlerts]);
  const columns: PlainColumn<QualityAlert>[] = [
    {
      key: 'state',
      title: t('quality.state'),
      render: ({ isFiring }) => (
        <StatusTag tone={isFiring ? 'bad' : 'good'} text={t(isFiring ? 'quality.crossed' : 'quality.within')} />
      ),
    },
    {
      key: 'name',
      title: t('quality.name'),
      render: ({ kind, name }) => (kind === 'queue' ? t(`quality.queues.names.${name as QueueName}`) : name),
    },
    {
      key: 'line',
      title: t('quality.line'),
      render: ({ measure, bound }) => t(`quality.lines.${measure}`, { bound: format.count(bound) }),
    },
    {
      key: 'value',
      title: t('quality.value'),
      isNumeric: true,
      render: ({ value }) => (value === null ? NO_FIGURE : format.count(Math.round(value * 10) / 10)),
    },
    { key: 'since', title: t('quality.since'), render: ({ since }) => (since ? <Moment at={since} /> : NO_FIGURE) },
    {
      key: 'told',
      title: t('quality.told'),
      render: ({ email, webhook }) => [email, webhook].filter((each) => each !== undefined).join(' · ') || NO_FIGURE,
    },
    {
      key: 'actions',
      title: '',
      isNumeric: true,
      render: ({ id }) =>
        canChange && (
          <Button type="text" size="small" danger onClick={() => remove.mutate({ params: { id } })}>
            {t('quality.removeAlert')}
          </Button>
        ),
    },
  ];
  return (
    <>
      {remove.error && <ErrorPanel error={remove.error} />}
      <PlainTable
        label={t('quality.alerts')}
        columns={columns}
        rows={alerts.toSorted((one, other) => Number(other.isFiring) - Number(one.isFiring))}
        keyOf={({ id }) => id}
      />
    </>
  );
}
