import { api, type Audience, type Member } from '@sluice/shared/http-api';
import { Segmented, Table, type TableColumnsType } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ProfileName } from '../data/profiles/profile-name.tsx';
import { usePages } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { Section } from '../ui/section.tsx';
import styles from './audience-page.module.css';
import { SaveAsAudience } from './save-as-audience.tsx';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 440;

type Show = 'members' | 'left';

/** Who is in an audience, or has left it; which of the two stands in the address. */
export function MembersTable({ audience }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const show: Show = params.get('show') === 'left' ? 'left' : 'members';
  const columns = useColumns(show);
  const members = usePages(api.audiences.listMembers, {
    params: { audienceId: audience.id },
    query: { show, limit: 50 },
  });
  const { refetch } = members;
  const shownSize = useRef(audience.size);
  // An audience that is just being extracted fills while one looks at it.
  useEffect(() => {
    if (shownSize.current === audience.size) return;
    shownSize.current = audience.size;
    void refetch();
  }, [audience.size, refetch]);
  const isEmpty = members.isSuccess && members.items.length === 0;
  return (
    <Section
      title={t('page.list')}
      actions={
        <div className={styles.listActions}>
          {members.items.length > 0 && (
            <SaveAsAudience
              list={{ kind: 'members', audienceId: audience.id, show }}
              suggestedName={`${audience.name} · ${t(show === 'left' ? 'page.leftShown' : 'page.membersShown')}`}
            />
          )}
          <Segmented<Show>
            value={show}
            options={[
              { value: 'members', label: t('page.membersShown') },
              { value: 'left', label: t('page.leftShown') },
            ]}
            onChange={(next) => setParams(next === 'left' ? { show: 'left' } : {}, { replace: true })}
          />
        </div>
      }
    >
      <ListSurface list={members}>
        {isEmpty ? (
          <EmptyState title={t(show === 'left' ? 'page.noLeft' : 'page.noMembers')} />
        ) : (
          <Table<Member>
            rowKey={({ profile }) => profile.id}
            columns={columns}
            dataSource={members.items}
            pagination={false}
            scroll={{ x: LEAST_WIDTH }}
            onRow={({ profile }) => ({
              onClick: () => void navigate(`/data/profiles/${profile.id}?tab=audiences`),
              className: 'clickable',
            })}
          />
        )}
        <LoadMore pages={members} />
      </ListSurface>
    </Section>
  );
}

function useColumns(show: Show): TableColumnsType<Member> {
  const { t } = useTranslation('audiences');
  return [
    {
      key: 'profile',
      title: t('page.profile'),
      ellipsis: true,
      render: (_, { profile }) => (
        <Link to={`/data/profiles/${profile.id}?tab=audiences`} onClick={(event) => event.stopPropagation()}>
          <ProfileName profile={profile} />
        </Link>
      ),
    },
    {
      key: 'since',
      title: t(show === 'left' ? 'page.leftAt' : 'page.since'),
      width: 240,
      render: (_, { since }) => <Moment at={since} />,
    },
  ];
}
