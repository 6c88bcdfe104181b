import { api, type EventRecord } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Moment } from '../../ui/moment.tsx';
import { PropertiesText } from './properties-text.tsx';

export function ProfileEvents({ profileId }: { profileId: string }) {
  const { t } = useTranslation('data');
  const events = usePages(api.data.listProfileEvents, { params: { profileId }, query: { limit: 50 } });
  const columns: TableColumnsType<EventRecord> = [
    { title: t('profile.at'), key: 'at', width: 160, render: (_, event) => <Moment at={event.at} /> },
    { title: t('profile.event'), dataIndex: 'name', width: 220, ellipsis: true },
    {
      title: t('profile.properties'),
      key: 'properties',
      ellipsis: true,
      render: (_, event) => <PropertiesText properties={event.properties} />,
    },
  ];
  if (events.isSuccess && events.items.length === 0) return <EmptyState title={t('profile.noEvents')} />;
  return (
    <>
      <ListSurface list={events}>
        <Table<EventRecord> rowKey="id" columns={columns} dataSource={events.items} pagination={false} />
        <LoadMore pages={events} />
      </ListSurface>
    </>
  );
}
