import { api, type Delivery } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Moment } from '../../ui/moment.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { DELIVERY_TONES } from './delivery-tones.ts';
import styles from './profile-deliveries.module.css';
import { useReasonText } from './use-reason-text.ts';

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
      render: (_, row) => (
        <StatusTag tone={DELIVERY_TONES[row.status]} text={t(`profile.deliveryStatus.${row.status}`)} />
      ),
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
