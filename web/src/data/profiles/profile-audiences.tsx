import { api, type Membership } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { ListSurface } from '../../ui/list-surface.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useNow } from '../../ui/use-now.ts';
import { StatusTag } from '../../ui/status-tag.tsx';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 600;

/** The audiences a profile is or was in, with when it came and went. */
export function ProfileAudiences({ profileId }: { profileId: string }) {
  const { t } = useTranslation('audiences');
  const columns = useColumns();
  const memberships = useReply(api.audiences.listMemberships, { params: { profileId } });
  if (memberships.data?.items.length === 0) return <EmptyState title={t('ofProfile.none')} />;
  return (
    <ListSurface list={memberships}>
      <Table<Membership>
        rowKey={({ audience }) => audience.id}
        columns={columns}
        dataSource={memberships.data?.items ?? []}
        pagination={false}
        scroll={{ x: LEAST_WIDTH }}
      />
    </ListSurface>
  );
}

function useColumns(): TableColumnsType<Membership> {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const nowMs = useNow();
  return [
    {
      key: 'audience',
      title: t('ofProfile.name'),
      ellipsis: true,
      render: (_, { audience: { id, name } }) => <Link to={`/audiences/${id}`}>{name}</Link>,
    },
    {
      key: 'state',
      title: t('ofProfile.state'),
      width: 120,
      render: (_, { isMember }) => (
        <StatusTag tone={isMember ? 'good' : 'quiet'} text={t(isMember ? 'ofProfile.isMember' : 'ofProfile.hasLeft')} />
      ),
    },
    { key: 'since', title: t('ofProfile.since'), width: 160, render: (_, { since }) => <Moment at={since} /> },
    {
      key: 'history',
      title: t('ofProfile.history'),
      render: (_, { history }) =>
        history.map(({ change, at }) => t(`ofProfile.${change}`, { at: format.absolute(at, nowMs) })).join(' · '),
    },
  ];
}
