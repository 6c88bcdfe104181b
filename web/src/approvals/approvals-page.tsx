import { AuditOutlined } from '@ant-design/icons';
import { api, type ApprovalSummary } from '@sluice/shared/http-api';
import { Segmented, Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { usePages } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { ApprovalSettingRow } from './approval-setting-row.tsx';
import { ApprovalStateTag } from './approval-state-tag.tsx';
import styles from './approvals-page.module.css';

const POLL_MS = 15_000;

/** What waits for a second person, and what became of earlier requests. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals');
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const isOpenOnly = params.get('show') !== 'all';
  const requests = usePages(
    api.approvals.listApprovals,
    { query: isOpenOnly ? { open: true } : {} },
    { refetchInterval: POLL_MS, keepsPrevious: true },
  );
  const columns = useColumns();
  const waiting = requests.items.filter(({ state }) => state === 'open').length;
  return (
    <Page title={t('title')} hint={t('hint')}>
      <ApprovalSettingRow waiting={waiting} />
      <Segmented<'open' | 'all'>
        className={styles.show ?? ''}
        aria-label={t('show')}
        value={isOpenOnly ? 'open' : 'all'}
        options={[
          { value: 'open', label: t('open') },
          { value: 'all', label: t('all') },
        ]}
        onChange={(show) => setParams(show === 'all' ? { show } : {})}
      />
      <ListSurface list={requests}>
        {requests.items.length === 0 ? (
          <EmptyState
            icon={<AuditOutlined aria-hidden />}
            title={isOpenOnly ? t('none') : t('noneEver')}
            text={t('noneText')}
          />
        ) : (
          <Table<ApprovalSummary>
            rowKey="id"
            columns={columns}
            dataSource={requests.items}
            pagination={false}
            sticky
            onRow={({ id }) => ({ onClick: () => void navigate(`/approvals/${id}`), className: 'clickable' })}
          />
        )}
      </ListSurface>
      <LoadMore pages={requests} />
    </Page>
  );
}

function useColumns(): TableColumnsType<ApprovalSummary> {
  const { t } = useTranslation('approvals');
  return [
    {
      title: t('flow'),
      key: 'flow',
      ellipsis: true,
      render: (_, { id, flowName }) => <Link to={`/approvals/${id}`}>{flowName}</Link>,
    },
    {
      title: t('note'),
      key: 'note',
      ellipsis: true,
      render: (_, { name, note }) => [name, note].filter(Boolean).join(' · '),
    },
    {
      title: t('state'),
      key: 'state',
      width: 184,
      render: (_, { state, version }) => <ApprovalStateTag state={state} version={version} />,
    },
    {
      title: t('asked'),
      key: 'asked',
      width: 208,
      render: (_, { requestedBy, requestedAt }) => <PersonAt name={requestedBy} at={requestedAt} />,
    },
    {
      title: t('decided'),
      key: 'decided',
      width: 208,
      render: (_, { decidedBy, decidedAt }) =>
        decidedBy !== null && decidedAt !== null && <PersonAt name={decidedBy} at={decidedAt} />,
    },
  ];
}

function PersonAt({ name, at }: { name: string; at: string }) {
  return (
    <>
      <div>{name}</div>
      <div className={styles.at}>
        <Moment at={at} />
      </div>
    </>
  );
}
