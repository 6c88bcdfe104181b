import { CloudUploadOutlined } from '@ant-design/icons';
import { api, type ImportJob } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useHasRole } from '../../access/session.ts';
import { usePages } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Page } from '../../ui/page.tsx';
import { ImportStatus } from './import-status.tsx';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 960;

const POLL_MS = 2000;

export function ImportsPage() {
  const { t } = useTranslation('data');
  const navigate = useNavigate();
  const canImport = useHasRole('administrator', 'operator', 'developer');
  const imports = usePages(api.data.listImports, {}, { refetchInterval: POLL_MS * 2 });
  const columns = useColumns();
  const button = (type: 'primary' | 'default') =>
    canImport && (
      <LinkButton to="/data/imports/new" type={type}>
        {t('imports.start')}
      </LinkButton>
    );
  const isEmpty = imports.isSuccess && imports.items.length === 0;
  return (
    <Page title={t('imports.title')} hint={t('imports.hint')} actions={!isEmpty && button('primary')}>
      <ListSurface list={imports}>
        {isEmpty ? (
          <EmptyState
            icon={<CloudUploadOutlined aria-hidden />}
            title={t('imports.empty')}
            text={t('imports.emptyText')}
            action={button('primary')}
          />
        ) : (
          <Table<ImportJob>
            rowKey="id"
            columns={columns}
            dataSource={imports.items}
            pagination={false}
            scroll={{ x: LEAST_WIDTH }}
            sticky
            tableLayout="fixed"
            onRow={(job) => ({ onClick: () => void navigate(`/data/imports/${job.id}`), className: 'clickable' })}
          />
        )}
        <LoadMore pages={imports} />
      </ListSurface>
    </Page>
  );
}

function useColumns(): TableColumnsType<ImportJob> {
  const { t } = useTranslation('data');
  const format = useFormat();
  return [
    {
      title: t('imports.columns.file'),
      key: 'file',
      ellipsis: true,
      render: (_, job) => (
        <Link to={`/data/imports/${job.id}`} onClick={(event) => event.stopPropagation()}>
          {job.fileName}
        </Link>
      ),
    },
    { title: t('imports.columns.status'), key: 'status', width: 200, render: (_, job) => <ImportStatus job={job} /> },
    {
      title: t('imports.columns.imported'),
      key: 'imported',
      width: 132,
      align: 'right',
      render: (_, job) => format.count(job.rowsImported),
    },
    {
      title: t('imports.columns.rejected'),
      key: 'rejected',
      width: 132,
      align: 'right',
      render: (_, job) => format.count(job.rowsRejected),
    },
    {
      title: t('imports.columns.size'),
      key: 'size',
      width: 104,
      align: 'right',
      render: (_, job) => format.bytes(job.bytes),
    },
    {
      title: t('imports.columns.created'),
      key: 'created',
      width: 176,
      render: (_, job) => <Moment at={job.createdAt} />,
    },
  ];
}
