import { api } from '@sluice/shared/http-api';
import type { EventDefinition } from '@sluice/shared/model';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Moment } from '../../ui/moment.tsx';
import styles from './dictionary-page.module.css';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 784;

export function EventsTab() {
  const { t } = useTranslation('data');
  const format = useFormat();
  const events = useReply(api.data.listEvents, {});
  const columns: TableColumnsType<EventDefinition> = [
    { title: t('dictionary.name'), dataIndex: 'name', width: 240, ellipsis: true },
    {
      title: t('dictionary.count'),
      key: 'count',
      width: 144,
      align: 'right',
      render: (_, row) => format.count(row.count),
    },
    {
      title: t('dictionary.properties'),
      key: 'properties',
      render: (_, row) => (
        <ul className={styles.properties}>
          {Object.entries(row.properties).map(([name, type]) => (
            <li key={name}>
              {name} <span className={styles.propertyType}>{t(`types.${type}`)}</span>
            </li>
          ))}
        </ul>
      ),
    },
    { title: t('dictionary.lastSeen'), key: 'seen', width: 160, render: (_, row) => <Moment at={row.lastSeenAt} /> },
  ];
  if (events.data?.items.length === 0) {
    return <EmptyState title={t('dictionary.noEvents')} text={t('dictionary.noEventsText')} />;
  }
  return (
    <ListSurface list={events}>
      <Table<EventDefinition>
        rowKey="name"
        columns={columns}
        dataSource={events.data?.items ?? []}
        pagination={false}
        scroll={{ x: LEAST_WIDTH }}
        sticky
      />
    </ListSurface>
  );
}
