import { TableOutlined } from '@ant-design/icons';
import { api, type Dataset } from '@sluice/shared/http-api';
import { Table, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useHasRole } from '../../access/session.ts';
import { useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Page } from '../../ui/page.tsx';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 800;

/** The declared wide tables. */
export function DatasetsPage() {
  const { t } = useTranslation('datasets');
  const navigate = useNavigate();
  const canDeclare = useHasRole('administrator', 'developer');
  const datasets = useReply(api.datasets.listDatasets, {});
  const columns = useColumns();
  const isEmpty = datasets.data?.items.length === 0;
  const button = canDeclare && (
    <LinkButton to="/data/datasets/new" type="primary">
      {t('declare')}
    </LinkButton>
  );
  return (
    <Page title={t('title')} hint={t('hint')} actions={!isEmpty && button}>
      <ListSurface list={datasets}>
        {isEmpty ? (
          <EmptyState
            icon={<TableOutlined aria-hidden />}
            title={t('empty')}
            text={t(canDeclare ? 'emptyText' : 'emptyForOthers')}
            action={button}
          />
        ) : (
          <Table<Dataset>
            rowKey="name"
            columns={columns}
            dataSource={datasets.data?.items ?? []}
            pagination={false}
            scroll={{ x: LEAST_WIDTH }}
            sticky
            tableLayout="fixed"
            onRow={({ name }) => ({ onClick: () => void navigate(`/data/datasets/${name}`), className: 'clickable' })}
          />
        )}
      </ListSurface>
    </Page>
  );
}

function useColumns(): TableColumnsType<Dataset> {
  const { t } = useTranslation('datasets');
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('name'),
      ellipsis: true,
      render: (_, { name, displayName }) => (
        <Link to={`/data/datasets/${name}`} onClick={(event) => event.stopPropagation()}>
          {displayName}
        </Link>
      ),
    },
    {
      key: 'id',
      title: t('technicalName'),
      width: '20%',
      ellipsis: true,
      render: (_, { name }) => <Typography.Text type="secondary">{name}</Typography.Text>,
    },
    {
      key: 'columns',
      title: t('columns'),
      width: 120,
      align: 'right',
      render: (_, { columns }) => format.count(columns.length),
    },
    { key: 'rows', title: t('rows'), width: 160, align: 'right', render: (_, { rows }) => format.count(rows) },
    { key: 'updated', title: t('updated'), width: 168, render: (_, { updatedAt }) => <Moment at={updatedAt} /> },
  ];
}
