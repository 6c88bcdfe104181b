import { api } from '@sluice/shared/http-api';
import type { AttributeDefinition } from '@sluice/shared/model';
import { Table, type TableColumnsType, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import styles from './dictionary-page.module.css';

export function AttributesTab() {
  const { t } = useTranslation('data');
  const [filter, setFilter] = useState('');
  const attributes = useReply(api.data.listAttributes, {});
  const wanted = filter.trim().toLowerCase();
  const rows = (attributes.data?.items ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  const columns: TableColumnsType<AttributeDefinition> = [
    { title: t('dictionary.name'), dataIndex: 'name', width: 240, ellipsis: true },
    { title: t('dictionary.type'), key: 'type', width: 112, render: (_, row) => t(`types.${row.type}`) },
    {
      title: t('dictionary.samples'),
      key: 'samples',
      ellipsis: true,
      render: (_, row) => (
        <Typography.Text type="secondary" ellipsis={{ tooltip: row.samples.join(' · ') }}>
          {row.samples.slice(0, 8).join(' · ')}
        </Typography.Text>
      ),
    },
    { title: t('dictionary.lastSeen'), key: 'seen', width: 160, render: (_, row) => <Moment at={row.lastSeenAt} /> },
  ];
  if (attributes.data?.items.length === 0) {
    return (
      <EmptyState
        title={t('dictionary.noAttributes')}
        text={t('profiles.emptyText')}
        action={
          <LinkButton to="/data/imports/new" type="primary">
            {t('imports.start')}
          </LinkButton>
        }
      />
    );
  }
  return (
    <div className={styles.tab}>
      <SearchField label={t('dictionary.filter')} value={filter} onChange={setFilter} />
      <ListSurface list={attributes}>
        <Table<AttributeDefinition>
          rowKey="name"
          columns={columns}
          dataSource={rows}
          pagination={false}
          sticky
          locale={{ emptyText: t('dictionary.nothing', { search: filter.trim() }) }}
        />
      </ListSurface>
    </div>
  );
}
