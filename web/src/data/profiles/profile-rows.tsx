import { api, type Dataset, type DatasetRowView } from '@sluice/shared/http-api';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePages, useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Section } from '../../ui/section.tsx';
import { CELL_WIDTH, rowColumns } from '../datasets/row-columns.tsx';

/** The rows of a person, dataset by dataset. */
export function ProfileRows({ profileId }: { profileId: string }) {
  const { t } = useTranslation('datasets');
  const datasets = useReply(api.datasets.listDatasets, {});
  if (datasets.data?.items.length === 0) return <EmptyState title={t('empty')} />;
  return (
    <ListSurface list={datasets}>
      {datasets.data?.items.map((dataset) => (
        <RowsOfDataset key={dataset.name} dataset={dataset} profileId={profileId} />
      ))}
    </ListSurface>
  );
}

function RowsOfDataset({ dataset, profileId }: { dataset: Dataset; profileId: string }) {
  const { t } = useTranslation('datasets');
  const rows = usePages(api.datasets.listRows, { params: { dataset: dataset.name }, query: { profileId, limit: 20 } });
  const isEmpty = rows.isSuccess && rows.items.length === 0;
  return (
    <Section title={<Link to={`/data/datasets/${dataset.name}`}>{dataset.displayName}</Link>}>
      <ListSurface list={rows}>
        {isEmpty ? (
          <p>{t('noneOfProfile')}</p>
        ) : (
          <Table<DatasetRowView>
            rowKey="id"
            size="small"
            columns={rowColumns(dataset, t)}
            dataSource={rows.items}
            pagination={false}
            scroll={{ x: dataset.columns.length * CELL_WIDTH }}
          />
        )}
        <LoadMore pages={rows} />
      </ListSurface>
    </Section>
  );
}
