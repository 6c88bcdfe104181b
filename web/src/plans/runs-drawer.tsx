import type { GraphNode } from '@sluice/shared/graph';
import { api, type QueryIn, type RunRecord } from '@sluice/shared/http-api';
import { Button, Drawer, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { SaveAsAudience } from '../audiences/save-as-audience.tsx';
import { ProfileName } from '../data/profiles/profile-name.tsx';
import { useReasonText } from '../data/profiles/use-reason-text.ts';
import { personAddress } from '../explanation/person-address.ts';
import { useChange, usePages } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { RescueButtons } from './rescue-buttons.tsx';
import { RUN_TONES } from './run-tones.ts';
import styles from './runs-drawer.module.css';

/** Which runs, and the number that was opened in words. */
export interface RunsChoice {
  readonly title: string;
  readonly filter: Omit<QueryIn<typeof api.flows.listRuns>, 'after' | 'limit'>;
}

/** What one call may be about. */
const MOST_AT_ONCE = 200;

interface RunsDrawerProps {
  flowId: string;
  choice: RunsChoice | null;
  /** The node at which the runs failed, where they did: they can be rescued one by one. */
  failedAt?: GraphNode | null;
  /** Draws the way of one run, where there is a canvas to draw it on. */
  onTrace?: ((run: RunRecord) => void) | undefined;
  onClose: () => void;
}

/** The people behind a number; a row leads to the profile, where its way through the flow is told step by step. */
export function RunsDrawer({ flowId, choice, failedAt = null, onTrace, onClose }: RunsDrawerProps) {
  return (
    <Drawer open={choice !== null} size="min(880px, 92vw)" title={choice?.title} onClose={onClose} destroyOnHidden>
      {choice && <Runs flowId={flowId} choice={choice} failedAt={failedAt} onTrace={onTrace} />}
    </Drawer>
  );
}

interface RunsProps extends Pick<RunsDrawerProps, 'flowId' | 'onTrace'> {
  choice: RunsChoice;
  failedAt: GraphNode | null;
}

function Runs({ flowId, choice, failedAt, onTrace }: RunsProps) {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const columns = useColumns(onTrace);
  const [picked, setPicked] = useState<string[]>([]);
  const rescue = useChange(api.lifecycle.rescueRuns, [
    api.flows.listRuns,
    api.flows.counts,
    api.lifecycle.listFailures,
  ]);
  const areFailed = choice.filter.status === 'failed';
  const runs = usePages(api.flows.listRuns, { params: { flowId }, query: { ...choice.filter, limit: 50 } });
  if (runs.error) return <ErrorPanel error={runs.error} onRetry={() => void runs.refetch()} />;
  if (runs.isSuccess && runs.items.length === 0) return <EmptyState title={t('runs.none')} />;
  const { version } = choice.filter;
  return (
    <div className={styles.list}>
      {version !== undefined && (
        <Toolbar>
          <SaveAsAudience
            list={{ kind: 'runs', flowId, filter: { ...choice.filter, version } }}
            suggestedName={choice.title}
          />
        </Toolbar>
      )}
      {areFailed && (
        <Toolbar>
          <span>{t('failures.picked', { count: picked.length })}</span>
          <RescueButtons
            node={failedAt}
            count={picked.length}
            isPending={rescue.isPending}
            onRescue={(action) =>
              rescue.mutate({ body: { runIds: picked, action } }, { onSuccess: () => setPicked([]) })
            }
          />
        </Toolbar>
      )}
      {rescue.error && <ErrorPanel error={rescue.error} />}
      <Table<RunRecord>
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={runs.items}
        loading={runs.isPending}
        pagination={false}
        {...(areFailed && {
          rowSelection: {
            selectedRowKeys: picked,
            onChange: (keys: React.Key[]) => setPicked(keys.map(String).slice(0, MOST_AT_ONCE)),
          },
        })}
        onRow={(run) => ({
          onClick: () => void navigate(`/data/profiles/${run.profileId}`),
          className: 'clickable',
        })}
      />
      <LoadMore pages={runs} />
    </div>
  );
}

function useColumns(onTrace: RunsDrawerProps['onTrace']): TableColumnsType<RunRecord> {
  const { t } = useTranslation(['plans', 'explanation']);
  const reasonOf = useReasonText();
  return [
    {
      key: 'profile',
      title: t('runs.profile'),
      render: (_, run) => (
        <Link to={`/data/profiles/${run.profileId}`} onClick={(event) => event.stopPropagation()}>
          <ProfileName profile={{ id: run.profileId, userId: run.userId }} />
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('runs.state'),
      render: (_, run) => <StatusTag tone={RUN_TONES[run.status]} text={t(`runs.status.${run.status}`)} />,
    },
    { key: 'at', title: t('runs.at'), render: (_, run) => <Moment at={run.enteredAt} /> },
    {
      key: 'ended',
      title: t('runs.ended'),
      render: (_, run) => {
        if (run.endedAt) return <Moment at={run.endedAt} />;
        return (
          run.wakeAt && (
            <>
              {t('runs.wakes')} <Moment at={run.wakeAt} />
            </>
          )
        );
      },
    },
    { key: 'reason', title: t('runs.reason'), render: (_, run) => run.endReason && reasonOf(run.endReason) },
    {
      key: 'explain',
      render: (_, run) => (
        <Link to={personAddress(run.flowId, run.profileId, run.id)} onClick={(event) => event.stopPropagation()}>
          {t('explanation:explain')}
        </Link>
      ),
    },
    ...(onTrace
      ? [
          {
            key: 'trace',
            render: (_: unknown, run: RunRecord) => (
              <Button
                size="small"
                onClick={(event) => {
                  event.stopPropagation();
                  onTrace(run);
                }}
              >
                {t('runs.showOnCanvas')}
              </Button>
            ),
          },
        ]
      : []),
  ];
}
