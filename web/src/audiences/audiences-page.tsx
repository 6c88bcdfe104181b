import { ContactsOutlined, PlusOutlined } from '@ant-design/icons';
import { api, type AudienceSummary } from '@sluice/shared/http-api';
import { Button, Table, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { usePages } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { AudienceState } from './audience-state.tsx';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 900;

const SETTLE_MS = 250;
const POLL_MS = 5000;

/** All saved audiences, the last changed first. */
export function AudiencesPage() {
  const { t } = useTranslation('audiences');
  const navigate = useNavigate();
  const columns = useColumns();
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const [search, setSearch] = useSearch();
  const audiences = usePages(
    api.audiences.listAudiences,
    { query: { limit: 50, ...(search.settled !== '' && { search: search.settled }) } },
    { refetchInterval: POLL_MS, keepsPrevious: true },
  );
  const create = mayEdit && (
    <LinkButton type="primary" icon={<PlusOutlined aria-hidden />} to="/audiences/new">
      {t('list.create')}
    </LinkButton>
  );
  const fromElsewhere = mayEdit && (
    <>
      <LinkButton to="/data/imports/new?to=members">{t('list.fromFile')}</LinkButton>
      <LinkButton to="/audiences/combine">{t('list.combine')}</LinkButton>
    </>
  );
  const isEmpty = audiences.isSuccess && audiences.items.length === 0;
  const isFresh = isEmpty && search.settled === '';
  return (
    <Page
      title={t('list.title')}
      actions={
        !isFresh && (
          <>
            {fromElsewhere}
            {create}
          </>
        )
      }
    >
      {!isFresh && (
        <Toolbar>
          <SearchField label={t('list.search')} value={search.typed} onChange={setSearch} />
        </Toolbar>
      )}
      <ListSurface list={audiences}>
        {isFresh && (
          <EmptyState
            icon={<ContactsOutlined aria-hidden />}
            title={t('list.empty')}
            text={t('list.emptyText')}
            action={
              <>
                {create}
                <LinkButton to="/data/imports/new?to=members">{t('list.fromFile')}</LinkButton>
              </>
            }
          />
        )}
        {isEmpty && !isFresh && (
          <EmptyState
            title={t('list.notFound', { search: search.settled })}
            text={t('list.notFoundText')}
            action={<Button onClick={() => setSearch('')}>{t('list.clear')}</Button>}
          />
        )}
        {!isEmpty && (
          <Table<AudienceSummary>
            rowKey="id"
            columns={columns}
            dataSource={audiences.items}
            pagination={false}
            scroll={{ x: LEAST_WIDTH }}
            sticky
            tableLayout="fixed"
            onRow={({ id }) => ({ onClick: () => void navigate(`/audiences/${id}`), className: 'clickable' })}
          />
        )}
        <LoadMore pages={audiences} />
      </ListSurface>
    </Page>
  );
}

/** The search stands in the address, so that a found list can be shared; it is asked when typing rests. */
function useSearch() {
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const settled = useDebounced(typed.trim(), SETTLE_MS);
  useEffect(() => {
    setParams(settled ? { search: settled } : {}, { replace: true });
  }, [settled, setParams]);
  return [{ typed, settled }, setTyped] as const;
}

function useColumns(): TableColumnsType<AudienceSummary> {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('list.name'),
      ellipsis: true,
      render: (_, { id, name }) => (
        <Link to={`/audiences/${id}`} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
      ),
    },
    { key: 'kind', title: t('list.kind'), width: 120, render: (_, { kind }) => t(`audienceKinds.${kind}`) },
    { key: 'size', title: t('list.size'), width: 140, align: 'right', render: (_, { size }) => format.count(size) },
    {
      key: 'state',
      title: t('list.state'),
      width: 260,
      render: (_, audience) => <AudienceState audience={audience} />,
    },
    { key: 'updated', title: t('list.updated'), width: 180, render: (_, { updatedAt }) => <Moment at={updatedAt} /> },
  ];
}
