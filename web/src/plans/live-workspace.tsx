import type { Graph } from '@sluice/shared/graph';
import { api, type Flow, type FlowCounts, type FlowVersion, type RunRecord } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
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
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { useIsPhone } from '../ui/use-is-phone.ts';
import { ArchiveMenu } from './archive-menu.tsx';
import { BulkProgress } from './bulk-progress.tsx';
import { FlowHeader, type FlowMode, HeaderButton } from './flow-header.tsx';
import { FunnelPanel } from './funnel-panel.tsx';
import { nodeKinds } from './node-kinds.ts';
import { PauseControl } from './pause-control.tsx';
import { EVER, type Period, PeriodSelect } from './period-select.tsx';
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
  const counts = useReply(
    api.flows.counts,
    { params: { flowId: flow.id }, query: { version: shown.version, ...period } },
    { refetchInterval: flow.status === 'live' ? BUSY_POLL_MS : QUIET_POLL_MS },
  );
  const titleOf = usePlaceTitle(shown.graph);
  const live = useMemo(
    () => ({
      counts: counts.data,
      open: (place: CountPlace) =>
        setRuns({
          title: titleOf(place),
          // Who waits and who failed is told as of now, whatever the period.
          filter: { version: shown.version, ...place, ...('node' in place && period) },
        }),
    }),
    [counts.data, titleOf, shown.version, period],
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
                <HeaderButton kind="person" onClick={() => void navigate(personAddress(flow.id, ''))} />
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
  return useMemo(() => {
    const nodeOf = (id: string) => graph.nodes.find((node) => node.id === id);
    return (place) => {
      if ('at' in place)
        return t(place.status === 'waiting' ? 'runs.waitingAt' : 'runs.failedAt', {
          node: words.titleOf(nodeOf(place.at)),
        });
      const node = nodeOf(place.node);
      const title = words.titleOf(node);
      if (place.port === undefined) return t('runs.entered', { node: title });
      return t('runs.left', { node: title, port: words.portNameOf(node, place.port) });
    };
  }, [graph, t, words]);
}

interface LiveBarProps {
  counts: FlowCounts | undefined;
  version: number;
  period: Period;
  onPeriod: (period: Period) => void;
  areResultsShown: boolean;
  onToggleResults: () => void;
  onOpen: (choice: RunsChoice) => void;
}

/** The sums over the whole version and how fresh they are. */
function LiveBar({ counts, version, period, onPeriod, areResultsShown, onToggleResults, onOpen }: LiveBarProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const figures = [
    { key: 'runs', value: counts?.runs ?? 0, title: t('runs.all'), filter: { version, ...period } },
    { key: 'waiting', value: counts?.waiting ?? 0, title: t('live.waiting'), filter: { version, status: 'waiting' } },
    {
      key: 'ended',
      value: counts?.ended ?? 0,
      title: t('live.ended'),
      filter: { version, ...period, status: 'ended' },
    },
    { key: 'failed', value: counts?.failed ?? 0, title: t('live.failed'), filter: { version, status: 'failed' } },
  ] as const;
  return (
    <footer className={styles.bar}>
      <button type="button" className={styles.barButton} aria-expanded={areResultsShown} onClick={onToggleResults}>
        {areResultsShown ? t('live.hideResults') : t('live.results')}
      </button>
      <span className={styles.figures} role="status">
        {figures.map(({ key, value, title, filter }) => (
          <span key={key}>
            {t(`live.${key}`)}{' '}
            <button
              type="button"
              className={styles.figure}
              data-kind={key}
              disabled={value === 0}
              title={t('live.opens')}
              onClick={() => onOpen({ title, filter })}
            >
              {format.count(value)}
            </button>
          </span>
        ))}
        {counts?.enrolment.status === 'running' &&
          t('live.enrolling', {
            enrolled: format.count(counts.enrolment.enrolled),
            scanned: format.count(counts.enrolment.scanned),
          })}
      </span>
      <span className={styles.space} />
      <PeriodSelect onChange={onPeriod} />
      {counts && <span>{t('live.asOf', { time: format.exact(counts.asOf) })}</span>}
    </footer>
  );
}
