import { UserOutlined } from '@ant-design/icons';
import type { Graph } from '@sluice/shared/graph';
import { api, type Flow, type FlowVersion, type RunRecord } from '@sluice/shared/http-api';
import { keepPreviousData } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { distinctTitles } from '../editing/distinct-titles.ts';
import { MarksProvider } from '../canvas/canvas-marks.ts';
import { FlowCanvas } from '../canvas/flow-canvas.tsx';
import { type CountPlace, LiveProvider } from '../canvas/live-layer.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { useWordsOf } from '../editing/use-node-words.ts';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { personAddress } from '../explanation/person-address.ts';
import { useReply } from '../http/use-route.ts';
import { Inspector } from '../inspector/inspector-when-open.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { useIsPhone } from '../ui/use-is-phone.ts';
import { ArchiveMenu } from './archive-menu.tsx';
import { BulkProgress } from './bulk-progress.tsx';
import { FlowHeader, type FlowMode } from './flow-header.tsx';
import { HeaderButton } from './header-button.tsx';
import { FunnelPanel } from './funnel-panel.tsx';
import { nodeKinds } from './node-kinds.ts';
import { PauseControl } from './pause-control.tsx';
import type { Group } from './group-select.tsx';
import { LiveBar } from './live-bar.tsx';
import { EVER, type Period } from './period-select.tsx';
import { marksOfRun, RunTrace } from './run-trace.tsx';
import { type RunsChoice, RunsDrawer } from './runs-drawer.tsx';
import { TriggersButton } from './triggers-drawer.tsx';
import { createId } from './use-draft-editor.ts';
import { versionLabel } from './version-label.ts';
import styles from './workspace.module.css';

const BUSY_POLL_MS = 2000;
const QUIET_POLL_MS = 10_000;

interface LiveWorkspaceProps {
  flow: Flow;
  /** The version asked for; the live one when absent. */
  version: number | undefined;
  onMode: (mode: FlowMode) => void;
  onVersion: (version: number) => void;
}

/** A published version with its numbers: counts on every node and edge, and what it earned. */
export function LiveWorkspace({ flow, version, onMode, onVersion }: LiveWorkspaceProps) {
  const { t } = useTranslation('plans');
  const versions = useReply(api.flows.listVersions, { params: { flowId: flow.id }, query: { limit: 200 } });
  if (versions.error) return <ErrorPanel error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <Loading />;
  const wanted = version ?? flow.liveVersion;
  const shown = versions.data.items.find((one) => one.version === wanted) ?? versions.data.items[0];
  if (!shown) return <EmptyState title={t('versions.empty')} />;
  return (
    <Version
      // Another version is another drawing: selection and camera of the old one mean nothing in it.
      key={shown.version}
      flow={flow}
      versions={versions.data.items}
      shown={shown}
      onMode={onMode}
      onVersion={onVersion}
    />
  );
}

interface VersionProps {
  flow: Flow;
  versions: readonly FlowVersion[];
  shown: FlowVersion;
  onMode: (mode: FlowMode) => void;
  onVersion: (version: number) => void;
}

function Version({ flow, versions, shown, onMode, onVersion }: VersionProps) {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const [editor] = useState(() =>
    createEditor({ document: documentOf(flow.name, shown.graph), catalog: nodeKinds, createId, isReadOnly: true }),
  );
  const [runs, setRuns] = useState<RunsChoice | null>(null);
  const [traced, setTraced] = useState<RunRecord | null>(null);
  const marks = useMemo(() => (traced ? marksOfRun(traced, shown.graph) : null), [traced, shown.graph]);
  const isPhone = useIsPhone();
  const [areResultsShown, setResultsShown] = useState(!isPhone);
  const [period, setPeriod] = useState<Period>(EVER);
  const [group, setGroup] = useState<Group>();
  const of = { params: { flowId: flow.id }, query: { version: shown.version, ...period, ...group } };
  // The numbers of the other choice stay until those of this one are there: the canvas does not blink.
  const counts = useReply(api.flows.counts, of, {
    refetchInterval: flow.status === 'live' ? BUSY_POLL_MS : QUIET_POLL_MS,
    placeholderData: keepPreviousData,
  });
  const conversions = useReply(api.flows.conversions, of, {
    enabled: shown.graph.measurement?.conversionEvent !== undefined,
    refetchInterval: QUIET_POLL_MS,
    placeholderData: keepPreviousData,
  });
  const titleOf = usePlaceTitle(shown.graph);
  const live = useMemo(
    () => ({
      counts: counts.data,
      conversions: conversions.data?.nodes,
      open: (place: CountPlace) =>
        setRuns({
          title: titleOf(place),
          // Who waits and who failed is told as of now, whatever the period.
          filter: { version: shown.version, ...group, ...place, ...('node' in place && period) },
        }),
    }),
    [counts.data, conversions.data, titleOf, shown.version, period, group],
  );
  return (
    <EditorProvider editor={editor}>
      <LiveProvider value={live}>
        <div className={styles.workspace}>
          <FlowHeader
            flow={flow}
            name={flow.name}
            mode="live"
            onMode={onMode}
            actions={
              <>
                <HeaderButton
                  icon={<UserOutlined aria-hidden />}
                  name={t('page.person')}
                  onClick={() => void navigate(personAddress(flow.id, ''))}
                />
                <PauseControl flow={flow} />
                <TriggersButton flow={flow} graph={shown.graph} />
                <ArchiveMenu flow={flow} />
              </>
            }
          >
            <Select<number>
              aria-label={t('live.version')}
              value={shown.version}
              options={versions.map((one) => ({
                value: one.version,
                label: t('versions.version', { version: versionLabel(one) }),
              }))}
              popupMatchSelectWidth={false}
              className={styles.versionChoice ?? ''}
              onChange={onVersion}
            />
          </FlowHeader>
          <BulkProgress flowId={flow.id} />
          {counts.error && <ErrorPanel error={counts.error} onRetry={() => void counts.refetch()} />}
          <div className={styles.surface}>
            <MarksProvider value={marks}>
              <FlowCanvas />
            </MarksProvider>
            {traced && <RunTrace run={traced} onClose={() => setTraced(null)} />}
            <Inspector />
          </div>
          {areResultsShown && (
            <section className={styles.results} aria-label={t('live.results')}>
              <FunnelPanel flowId={flow.id} version={shown.version} graph={shown.graph} onOpen={setRuns} />
            </section>
          )}
          <LiveBar
            counts={counts.data}
            version={shown.version}
            graph={shown.graph}
            group={group}
            onGroup={setGroup}
            period={period}
            onPeriod={setPeriod}
            areResultsShown={areResultsShown}
            onToggleResults={() => setResultsShown(!areResultsShown)}
            onOpen={setRuns}
          />
          <RunsDrawer
            flowId={flow.id}
            choice={runs}
            failedAt={shown.graph.nodes.find(({ id }) => id === runs?.filter.at) ?? null}
            onTrace={(run) => {
              setRuns(null);
              setTraced(run);
            }}
            onClose={() => setRuns(null)}
          />
        </div>
      </LiveProvider>
    </EditorProvider>
  );
}

/** The number that was opened, in words. */
function usePlaceTitle(graph: Graph): (place: CountPlace) => string {
  const { t } = useTranslation('plans');
  const words = useWordsOf(nodeKinds);
  const titles = useMemo(() => distinctTitles(graph.nodes, words), [graph, words]);
  return useMemo(() => {
    const nodeOf = (id: string) => graph.nodes.find((node) => node.id === id);
    return (place) => {
      if ('at' in place)
        return t(place.status === 'waiting' ? 'runs.waitingAt' : 'runs.failedAt', {
          node: titles.get(place.at) ?? '',
        });
      const node = nodeOf(place.node);
      const title = titles.get(place.node) ?? '';
      if (place.stage === 'converted') return t('runs.convertedAt', { node: title });
      if (place.port === undefined) return t('runs.entered', { node: title });
      return t('runs.left', { node: title, port: words.portNameOf(node, place.port) });
    };
  }, [graph, t, titles, words]);
}
