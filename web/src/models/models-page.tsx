import { ExperimentOutlined, PlusOutlined } from '@ant-design/icons';
import { api, type ModelSummary } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { usePages } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { formatAuc } from './format-score.ts';
import { ModelState } from './model-state.tsx';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 960;

const POLL_MS = 3000;

/** All models, the newest first. */
export function ModelsPage() {
  const { t } = useTranslation('models');
  const navigate = useNavigate();
  const columns = useColumns();
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const models = usePages(api.models.listModels, { query: { limit: 50 } }, { refetchInterval: POLL_MS });
  const isEmpty = models.isSuccess && models.items.length === 0;
  const create = mayEdit && (
    <LinkButton type="primary" icon={<PlusOutlined aria-hidden />} to="/models/new">
      {t('list.create')}
    </LinkButton>
  );
  return (
    <Page title={t('list.title')} actions={!isEmpty && create}>
      <ListSurface list={models}>
        {isEmpty ? (
          <EmptyState
            icon={<ExperimentOutlined aria-hidden />}
            title={t('list.empty')}
            text={t('list.emptyText')}
            action={create}
          />
        ) : (
          <Table<ModelSummary>
            rowKey="id"
            columns={columns}
            dataSource={models.items}
            pagination={false}
            scroll={{ x: LEAST_WIDTH }}
            sticky
            tableLayout="fixed"
            onRow={({ id }) => ({ onClick: () => void navigate(`/models/${id}`), className: 'clickable' })}
          />
        )}
        <LoadMore pages={models} />
      </ListSurface>
    </Page>
  );
}

function useColumns(): TableColumnsType<ModelSummary> {
  const { t, i18n } = useTranslation('models');
  return [
    {
      key: 'name',
      title: t('list.name'),
      ellipsis: true,
      render: (_, { id, name }) => (
        <Link to={`/models/${id}`} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
      ),
    },
    { key: 'kind', title: t('list.kind'), width: 130, render: (_, { kind }) => t(`kinds.${kind}`) },
    {
      key: 'state',
      title: t('list.state'),
      width: 200,
      render: (_, { training }) => <ModelState training={training} />,
    },
    {
      key: 'auc',
      title: t('list.auc'),
      width: 100,
      align: 'right',
      render: (_, { auc }) => auc !== null && formatAuc(auc, i18n.language),
    },
    {
      key: 'trained',
      title: t('list.trained'),
      width: 180,
      render: (_, { trainedAt }) => trainedAt && <Moment at={trainedAt} />,
    },
    { key: 'by', title: t('list.createdBy'), width: 160, ellipsis: true, render: (_, { createdBy }) => createdBy },
  ];
}
