import { UserOutlined } from '@ant-design/icons';
import { api, type Profile } from '@sluice/shared/http-api';
import { Button, Table, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { SaveAsAudience } from '../../audiences/save-as-audience.tsx';
import { useAttributeNames } from '../../audiences/use-attribute-names.ts';
import { usePages, useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { AttributeValueText } from '../attribute-value-text.tsx';
import { ColumnChoice } from './column-choice.tsx';
import { ProfileName } from './profile-name.tsx';
import { useShownAttributes } from './use-shown-attributes.ts';

const SETTLE_MS = 250;

// antd wants widths as numbers; below their sum the table scrolls, above it the columns share the room.
const NAME_WIDTH = 220;
const CELL_WIDTH = 168;
const widthOf = (attributes: number) => NAME_WIDTH + (attributes + 1) * CELL_WIDTH;

export function ProfilesPage() {
  const { t } = useTranslation('data');
  const format = useFormat();
  const navigate = useNavigate();
  const [search, setSearch] = useSearch();
  const attributes = useReply(api.data.listAttributes, {}).data?.items ?? [];
  const [shown, setShown] = useShownAttributes(attributes);
  const profiles = usePages(
    api.data.listProfiles,
    { query: { search: search.settled, limit: 50 } },
    { keepsPrevious: true },
  );
  const columns = useColumns(
    shown,
    new Set(attributes.filter(({ type }) => type === 'number').map(({ name }) => name)),
  );
  const isEmpty = profiles.isSuccess && profiles.items.length === 0;
  return (
    <Page
      title={t('profiles.title')}
      status={profiles.total !== undefined && t('profiles.count', { total: format.count(profiles.total) })}
    >
      <Toolbar>
        <SearchField label={t('profiles.search')} value={search.typed} onChange={setSearch} />
        <ColumnChoice attributes={attributes} shown={shown} onChange={setShown} />
        {!isEmpty && (
          <SaveAsAudience
            list={{ kind: 'profiles', ...(search.settled && { search: search.settled }) }}
            suggestedName={search.settled}
          />
        )}
      </Toolbar>
      <ListSurface list={profiles}>
        {isEmpty ? (
          <NoProfiles search={search.settled} onClear={() => setSearch('')} />
        ) : (
          <Table<Profile>
            rowKey="id"
            columns={columns}
            dataSource={profiles.items}
            pagination={false}
            sticky
            tableLayout="fixed"
            scroll={{ x: widthOf(shown.length) }}
            onRow={(profile) => ({
              onClick: () => void navigate(`/data/profiles/${profile.id}`),
              className: 'clickable',
            })}
          />
        )}
        <LoadMore pages={profiles} />
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

function NoProfiles({ search, onClear }: { search: string; onClear: () => void }) {
  const { t } = useTranslation('data');
  if (search) {
    return (
      <EmptyState
        title={t('profiles.notFound', { search })}
        text={t('profiles.notFoundText')}
        action={<Button onClick={onClear}>{t('profiles.clear')}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<UserOutlined aria-hidden />}
      title={t('profiles.empty')}
      text={t('profiles.emptyText')}
      action={
        <LinkButton type="primary" to="/data/imports/new">
          {t('imports.start')}
        </LinkButton>
      }
    />
  );
}

function useColumns(shown: readonly string[], numeric: ReadonlySet<string>): TableColumnsType<Profile> {
  const { t } = useTranslation('data');
  const nameOf = useAttributeNames();
  return [
    {
      title: t('profiles.userId'),
      key: 'userId',
      fixed: 'left',
      width: NAME_WIDTH,
      ellipsis: true,
      render: (_, profile) => (
        <Link to={`/data/profiles/${profile.id}`} onClick={(event) => event.stopPropagation()}>
          <ProfileName profile={profile} />
        </Link>
      ),
    },
    ...shown.map((name) => ({
      title: nameOf(name),
      key: `attribute ${name}`,
      width: CELL_WIDTH,
      ellipsis: true,
      align: numeric.has(name) ? ('right' as const) : ('left' as const),
      render: (_: unknown, profile: Profile) => <AttributeValueText value={profile.attributes[name]} />,
    })),
    {
      title: t('profiles.updated'),
      key: 'updated',
      width: CELL_WIDTH,
      render: (_, profile) => <Moment at={profile.updatedAt} />,
    },
  ];
}
