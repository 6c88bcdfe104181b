import { ApartmentOutlined, PlusOutlined } from '@ant-design/icons';
import { api, type FlowSummary } from '@sluice/shared/http-api';
import { Button, Input, Table, type TableColumnsType } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { usePages } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkNumber } from '../ui/link-number.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { FlowStatusTag } from './flow-status-tag.tsx';

// Ready-made flows bring every kind of node along.
const CreateFlow = lazy(async () => ({ default: (await import('./create-flow.tsx')).CreateFlow }));

const SETTLE_MS = 250;
const POLL_MS = 10_000;

/** All flows, the last changed first. */
export function FlowsPage() {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const columns = useColumns();
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const isCreating = params.get('new') !== null;
  const search = useDebounced(typed.trim(), SETTLE_MS);
  const flows = usePages(
    api.flows.listFlows,
    { query: { limit: 50, ...(search !== '' && { search }) } },
    { refetchInterval: POLL_MS },
  );

  // The search stands in the address, so that a found list can be shared.
  useEffect(() => {
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        if (search === '') next.delete('search');
        else next.set('search', search);
        return next;
      },
      { replace: true },
    );
  }, [search, setParams]);

  const showCreate = (isShown: boolean) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (isShown) next.set('new', '');
      else next.delete('new');
      return next;
    });
  const create = mayEdit && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => showCreate(true)}>
      {t('list.create')}
    </Button>
  );
  const isEmpty = flows.isSuccess && flows.items.length === 0;
  return (
    <Page title={t('list.title')} actions={!(isEmpty && search === '') && create}>
      {!(isEmpty && search === '') && (
        <Toolbar>
          <Input.Search
            allowClear
            className="search-field"
            aria-label={t('list.search')}
            placeholder={t('list.search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Toolbar>
      )}
      {flows.error && <ErrorPanel error={flows.error} onRetry={() => void flows.refetch()} />}
      {isEmpty && search === '' && (
        <EmptyState
          icon={<ApartmentOutlined aria-hidden />}
          title={t('list.empty')}
          text={t('list.emptyText')}
          action={create}
        />
      )}
      {isEmpty && search !== '' && (
        <EmptyState
          title={t('list.notFound', { search })}
          text={t('list.notFoundText')}
          action={<Button onClick={() => setTyped('')}>{t('list.clear')}</Button>}
        />
      )}
      {!isEmpty && !flows.error && (
        <Table<FlowSummary>
          rowKey="id"
          columns={columns}
          dataSource={flows.items}
          loading={flows.isPending}
          pagination={false}
          sticky
          onRow={(flow) => ({ onClick: () => void navigate(`/flows/${flow.id}`), className: 'clickable' })}
        />
      )}
      <LoadMore pages={flows} />
      <Suspense fallback={null}>{isCreating && <CreateFlow onClose={() => showCreate(false)} />}</Suspense>
    </Page>
  );
}

function useColumns(): TableColumnsType<FlowSummary> {
  const { t } = useTranslation('plans');
  return [
    {
      key: 'name',
      title: t('list.name'),
      render: (_, flow) => (
        <Link to={`/flows/${flow.id}`} onClick={(event) => event.stopPropagation()}>
          {flow.name}
        </Link>
      ),
    },
    { key: 'status', title: t('list.status'), width: 240, render: (_, flow) => <FlowStatusTag flow={flow} /> },
    {
      key: 'entered',
      title: t('list.entered'),
      width: 140,
      align: 'right',
      render: (_, flow) => (
        <span onClick={(event) => event.stopPropagation()}>
          {flow.liveVersion === null ? (
            t('list.none')
          ) : (
            <LinkNumber
              value={flow.entered}
              to={`/flows/${flow.id}?mode=live`}
              opens={t('list.enteredOpens', { name: flow.name })}
            />
          )}
        </span>
      ),
    },
    {
      key: 'updated',
      title: t('list.updated'),
      width: 180,
      render: (_, flow) => <Moment at={flow.updatedAt} />,
    },
  ];
}
