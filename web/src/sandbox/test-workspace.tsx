import { CaretRightOutlined, ExperimentOutlined } from '@ant-design/icons';
import { api, type CaseResult, type Flow, type GraphChoice, type Scenario, type Trace } from '@sluice/shared/http-api';
import { Alert, Button, Tabs } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../audiences/use-dictionary.ts';
import { type CanvasMarks, MarksProvider, marksOfWay } from '../canvas/canvas-marks.ts';
import { FlowCanvas } from '../canvas/flow-canvas.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { type NodeWords, useWordsOf } from '../editing/use-node-words.ts';
import type { Editor } from '../editor/editor.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { DockButton, SplitView, useDock } from '../ui/split-view.tsx';
import { coverageOf } from './assertions.ts';
import { CasesPanel } from './cases-panel.tsx';
import { CoverageView } from './coverage-view.tsx';
import { blankHappening, blankScenario, runnable } from './scenario-draft.ts';
import { ScenarioForm } from './scenario-form.tsx';
import { SubjectState } from './subject-state.tsx';
import styles from './test-workspace.module.css';
import { Timeline } from './timeline.tsx';
import { pathOf } from './trace-view.ts';
import { Transport } from './transport.tsx';
import { useScenario } from './use-scenario.ts';

interface TestWorkspaceProps {
  flow: Flow;
  /** The published version whose graph the flow has here; absent: it is the draft. */
  version?: number | undefined;
  /** Shows the draft; nothing can be changed in it here. */
  editor: Editor;
}

const STALE_MS = 60_000;

type Panel = 'setup' | 'timeline' | 'cases';

/** Where a draft or a version is run in virtual time: who goes through it, what happens, and what comes of it on the canvas. */
export function TestWorkspace({ editor, ...rest }: TestWorkspaceProps) {
  // The first scenario is made from what the dictionary knows.
  if (useReply(api.data.listAttributes, {}, { staleTime: STALE_MS }).isPending) return <Loading />;
  return (
    <EditorProvider editor={editor}>
      <Workspace editor={editor} {...rest} />
    </EditorProvider>
  );
}

function Workspace({ flow, version, editor }: TestWorkspaceProps) {
  const { t } = useTranslation('sandbox');
  const { graph } = flow;
  const choice = useMemo((): GraphChoice => (version === undefined ? { graph } : { version }), [graph, version]);
  const dock = useDock('test');
  const { catalog } = editor;
  const words = useWordsOf(catalog);
  const dictionary = useDictionary();
  const [scenario, setScenario] = useScenario(flow.id, () =>
    blankScenario(graph, catalog, [...dictionary.attributes.values()], {
      startAt: new Date(Math.ceil(Date.now() / 60_000) * 60_000).toISOString(),
      personaId: `persona-${crypto.randomUUID().slice(0, 8)}`,
    }),
  );
  const [panel, setPanel] = useState<Panel>('setup');
  const [shown, setShown] = useState(1);
  const [results, setResults] = useState<readonly CaseResult[] | undefined>(undefined);
  const running = useChange(api.sandbox.dryRun);
  const trace = running.data;

  const run = (next: Scenario = scenario, from?: number) =>
    running.mutate(
      { params: { flowId: flow.id }, body: { ...choice, scenario: runnable(next) } },
      {
        onSuccess: (reply) => {
          setPanel('timeline');
          show(reply, from ?? reply.entries.length);
        },
      },
    );
  const show = (of: Trace, next: number) => {
    setShown(next);
    const entry = of.entries[next - 1];
    const isHere = entry && 'node' in entry && of.runs[entry.run]?.flowId === flow.id;
    editor.run('select', { selection: { nodes: isHere ? [entry.node] : [], edges: [] } });
  };
  const inject = (afterMs: number) => {
    setScenario({ ...scenario, happenings: [...scenario.happenings, blankHappening(afterMs)] });
    setPanel('setup');
  };
  const coverage = useMemo(() => results && coverageOf(results, graph, catalog), [results, graph, catalog]);
  // On the page of the cases the drawing shows what they exercise, elsewhere the way of the dry run.
  const marks = useMemo((): CanvasMarks | null => {
    if (panel !== 'cases') return trace ? marksOfWay(pathOf(trace, shown, flow.id), graph.edges) : null;
    if (!coverage) return null;
    const nodes = new Map([...coverage.nodes].map((node) => [node, 'passed'] as const));
    return marksOfWay({ nodes, ways: coverage.ways }, graph.edges);
  }, [panel, coverage, trace, shown, flow.id, graph.edges]);

  const side = (
    <aside className={styles.panel} aria-label={t('title')}>
      <Tabs
        className={styles.tabs ?? ''}
        size="small"
        activeKey={panel}
        onChange={(key) => setPanel(key as Panel)}
        renderTabBar={(bar, TabBar) => (
          <div className={styles.head}>
            <TabBar {...bar} />
            <Button
              type="primary"
              icon={<CaretRightOutlined aria-hidden />}
              loading={running.isPending}
              disabled={scenario.subject.kind === 'profile' && scenario.subject.profileId === ''}
              onClick={() => run()}
            >
              {t('run')}
            </Button>
            <DockButton dock={dock} />
          </div>
        )}
        items={[
          {
            key: 'setup',
            label: t('setup'),
            children: (
              <div className={styles.body}>
                {running.error && <ErrorPanel error={running.error} />}
                <ScenarioForm graph={graph} catalog={catalog} words={words} value={scenario} onChange={setScenario} />
              </div>
            ),
          },
          {
            key: 'timeline',
            label: t('timeline.title'),
            children: (
              <div className={styles.body}>
                {running.error && <ErrorPanel error={running.error} />}
                <Outcome {...{ flow, editor, words, scenario, trace, shown, show }} />
              </div>
            ),
          },
          {
            key: 'cases',
            label: t('cases.title'),
            children: (
              <div className={styles.body}>
                <CasesPanel
                  flowId={flow.id}
                  {...{ choice, graph, catalog, words, scenario, trace, results }}
                  onResults={setResults}
                  onOpen={setScenario}
                />
                {coverage && (
                  <CoverageView
                    flowId={flow.id}
                    {...{ choice, coverage, graph, words, scenario }}
                    onFound={(found) => {
                      setScenario(found);
                      run(found);
                    }}
                  />
                )}
              </div>
            ),
          },
        ]}
      />
    </aside>
  );

  return (
    <SplitView dock={dock} panel={side}>
      <MarksProvider value={marks}>
        <FlowCanvas />
      </MarksProvider>
      {trace && panel !== 'cases' && (
        <Transport trace={trace} shown={shown} onShow={(next) => show(trace, next)} onInject={inject} />
      )}
    </SplitView>
  );
}

interface OutcomeProps extends TestWorkspaceProps {
  words: NodeWords;
  scenario: Scenario;
  trace: Trace | undefined;
  shown: number;
  show: (trace: Trace, shown: number) => void;
}

function Outcome({ flow, editor, words, scenario, trace, shown, show }: OutcomeProps) {
  const { t } = useTranslation('sandbox');
  if (!trace)
    return <EmptyState icon={<ExperimentOutlined />} title={t('timeline.empty')} text={t('timeline.emptyText')} />;
  return (
    <>
      {trace.isCut && <Alert type="info" showIcon title={t('timeline.cut', { count: scenario.days })} />}
      {trace.runs.length === 0 && !trace.entries.some(({ kind }) => kind === 'refused') && (
        <Alert type="warning" showIcon title={t('timeline.nobody')} />
      )}
      <Timeline
        flowId={flow.id}
        trace={trace}
        graph={flow.graph}
        catalog={editor.catalog}
        words={words}
        shown={shown}
        onShow={(next) => show(trace, next)}
      />
      <SubjectState scenario={scenario} trace={trace} shown={shown} />
    </>
  );
}
