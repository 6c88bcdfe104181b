import { CheckCircleOutlined } from '@ant-design/icons';
import { api, type FailureGroup } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useWordsOf } from '../editing/use-node-words.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx';
import { BulkProgress } from './bulk-progress.tsx';
import { nodeKinds } from './node-kinds.ts';
import { RescueButtons } from './rescue-buttons.tsx';
import type { RunsChoice } from './runs-drawer.tsx';

const RunsDrawer = lazy(async () => ({ default: (await import('./runs-drawer.tsx')).RunsDrawer }));

const POLL_MS = 5000;

/** Failed runs of all flows by node and message, the most first: what to look into, and what to do about them at once. */
export function FailuresPage() {
  const { t } = useTranslation('plans');
  const [params] = useSearchParams();
  const flowId = params.get('flow');
  const [opened, setOpened] = useState<{ group: FailureGroup; choice: RunsChoice } | null>(null);
  const failures = useReply(
    api.lifecycle.listFailures,
    { query: flowId === null ? {} : { flowId } },
    { refetchInterval: POLL_MS },
  );
  const columns = useColumns((group, title) =>
    setOpened({
      group,
      choice: {
        title,
        filter: { version: group.version, status: 'failed', at: group.node, message: group.message },
      },
    }),
  );
  if (failures.error && !failures.data)
    return <ErrorPanel error={failures.error} onRetry={() => void failures.refetch()} />;
  if (!failures.data) return <Loading />;
  const { items } = failures.data;
  const flows = [...new Set(items.map((group) => group.flowId))];
  return (
    <Page title={t('failures.title')} hint={t('failures.hint')}>
      {flows.map((id) => (
        <BulkProgress key={id} flowId={id} />
      ))}
      {items.length === 0 ? (
        <EmptyState
          icon={<CheckCircleOutlined aria-hidden />}
          title={t('failures.none')}
          text={t('failures.noneText')}
        />
      ) : (
        <PlainTable<FailureGroup>
          label={t('failures.title')}
          keyOf={({ flowId, version, node, message }) => `${flowId} ${version} ${node} ${message}`}
          columns={columns}
          rows={items}
        />
      )}
      {opened && (
        <Suspense fallback={null}>
          <RunsDrawer
            flowId={opened.group.flowId}
            choice={opened.choice}
            failedAt={opened.group.graphNode}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </Page>
  );
}

function useColumns(onOpen: (group: FailureGroup, title: string) => void): PlainColumn<FailureGroup>[] {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const words = useWordsOf(nodeKinds);
  const titleOf = ({ graphNode, node }: FailureGroup) => (graphNode ? words.titleOf(graphNode) : node);
  return [
    {
      key: 'flow',
      title: t('failures.flow'),
      render: (group) => (
        <Link to={`/flows/${group.flowId}?mode=live&version=${group.version}`}>
          {t('failures.flowVersion', { flow: group.flowName, version: group.version })}
        </Link>
      ),
    },
    { key: 'node', title: t('failures.node'), render: (group) => titleOf(group) },
    { key: 'message', title: t('failures.message'), render: (group) => group.message },
    {
      key: 'runs',
      title: t('failures.runs'),
      isNumeric: true,
      render: (group) => (
        <Button
          type="link"
          size="small"
          title={t('live.opens')}
          onClick={() => onOpen(group, t('runs.failedAt', { node: titleOf(group) }))}
        >
          {format.count(group.runs)}
        </Button>
      ),
    },
    { key: 'last', title: t('failures.last'), render: (group) => <Moment at={group.lastAt} /> },
    { key: 'actions', title: t('failures.actions'), render: (group) => <GroupActions group={group} /> },
  ];
}

function GroupActions({ group }: { group: FailureGroup }) {
  const { flowId, version, node, message, runs, graphNode } = group;
  const rescue = useChange(api.lifecycle.rescueFailures, [
    api.lifecycle.listFailures,
    api.lifecycle.listBulkChanges,
    api.flows.counts,
  ]);
  return (
    <>
      <RescueButtons
        node={graphNode}
        count={runs}
        isPending={rescue.isPending}
        onRescue={(action) => rescue.mutate({ params: { flowId }, body: { version, node, message, action } })}
      />
      {rescue.error && <ErrorPanel error={rescue.error} />}
    </>
  );
}
