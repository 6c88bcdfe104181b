import { api, type Delivery } from '@sluice/shared/http-api';
import type { DeliveryStatus } from '@sluice/shared/model';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Moment } from '../../ui/moment.tsx';
import { StatusTag, type StatusTone } from '../../ui/status-tag.tsx';
import styles from './profile-deliveries.module.css';
import { useReasonText } from './use-reason-text.ts';

const TONES: Record<DeliveryStatus, StatusTone> = {
  planned: 'quiet',
  sending: 'active',
  sent: 'good',
  failed: 'bad',
  suppressed: 'quiet',
  unknown: 'waiting',
};

export function ProfileDeliveries({ profileId }: { profileId: string }) {
  const { t } = useTranslation('data');
  const reasonText = useReasonText();
  const deliveries = usePages(api.flows.listProfileDeliveries, { params: { profileId }, query: { limit: 50 } });
  const columns: TableColumnsType<Delivery> = [
    { title: t('profile.at'), key: 'at', width: 128, render: (_, row) => <Moment at={row.at} /> },
    {
      title: t('profile.channel'),
      key: 'channel',
      width: 80,
      render: (_, row) => (row.channel === 'email' ? t('profile.channels.email') : row.channel),
    },
    {
      title: t('profile.subject'),
      key: 'subject',
      render: (_, row) => (
        <>
          <div className={styles.subject}>{row.subject}</div>
          <div className={styles.to}>{row.to}</div>
        </>
      ),
    },
    {
      title: t('profile.status'),
      key: 'status',
      width: 120,
      render: (_, row) => <StatusTag tone={TONES[row.status]} text={t(`profile.deliveryStatus.${row.status}`)} />,
    },
    { title: t('profile.reason'), key: 'reason', render: (_, row) => row.reason && reasonText(row.reason) },
  ];
  if (deliveries.isSuccess && deliveries.items.length === 0) return <EmptyState title={t('profile.noDeliveries')} />;
  return (
    <>
      <ListSurface list={deliveries}>
        <Table<Delivery> rowKey="id" columns={columns} dataSource={deliveries.items} pagination={false} />
        <LoadMore pages={deliveries} />
      </ListSurface>
    </>
  );
}
