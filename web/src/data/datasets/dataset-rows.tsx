import { api, type Dataset, type DatasetRowView } from '@sluice/shared/http-api';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePages } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import styles from './datasets.module.css';
import { CELL_WIDTH, rowColumns } from './row-columns.tsx';

const SETTLE_MS = 300;
const EDGE_WIDTH = 168;

/** Rows, of one user where that is asked. */
export function DatasetRows({ dataset, canImport }: { dataset: Dataset; canImport: boolean }) {
  const { t } = useTranslation('datasets');
  const [typed, setTyped] = useState('');
  const userId = useDebounced(typed.trim(), SETTLE_MS);
  const rows = usePages(
    api.datasets.listRows,
    { params: { dataset: dataset.name }, query: { limit: 50, ...(userId && { userId }) } },
    // An import may just have filled what was empty a moment ago.
    { keepsPrevious: true, staleTime: 0 },
  );
  const columns: TableColumnsType<DatasetRowView> = [
    ...rowColumns(dataset, t),
    { key: 'written', title: t('written'), width: EDGE_WIDTH, render: (_, { writtenAt }) => <Moment at={writtenAt} /> },
    {
      key: 'profile',
      fixed: 'right',
      width: 112,
      render: (_, { profileId }) => <Link to={`/data/profiles/${profileId}?tab=rows`}>{t('openProfile')}</Link>,
    },
  ];
  const isEmpty = rows.isSuccess && rows.items.length === 0;
  if (isEmpty && !userId)
    return (
      <EmptyState
        title={t('noRows')}
        text={t('noRowsText')}
        action={
          canImport && (
            <LinkButton type="primary" to={`/data/imports/new?to=dataset&dataset=${dataset.name}`}>
              {t('import')}
            </LinkButton>
          )
        }
      />
    );
  return (
    <div className={styles.stack}>
      <Toolbar>
        <SearchField label={t('searchUser')} value={typed} onChange={setTyped} />
      </Toolbar>
      <ListSurface list={rows}>
        {isEmpty ? (
          <EmptyState
            title={t('noRowsOf', { userId })}
            action={<Button onClick={() => setTyped('')}>{t('clearSearch')}</Button>}
          />
        ) : (
          <Table<DatasetRowView>
            rowKey="id"
            size="small"
            columns={columns}
            dataSource={rows.items}
            pagination={false}
            sticky
            scroll={{ x: dataset.columns.length * CELL_WIDTH + 2 * EDGE_WIDTH }}
          />
        )}
        <LoadMore pages={rows} />
      </ListSurface>
    </div>
  );
}
