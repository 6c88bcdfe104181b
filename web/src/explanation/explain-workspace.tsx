import type { Graph } from '@sluice/shared/graph';
import type { Explanation, Trace } from '@sluice/shared/http-api';
import { Select, Tabs } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MarksProvider, marksOfWay } from '../canvas/canvas-marks.ts';
import { FlowCanvas } from '../canvas/flow-canvas.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { useWordsOf } from '../editing/use-node-words.ts';
import type { Editor } from '../editor/editor.ts';
import { Timeline } from '../sandbox/timeline.tsx';
import { pathOf } from '../sandbox/trace-view.ts';
import { Transport } from '../sandbox/transport.tsx';
import { DockButton, SplitView, useDock } from '../ui/split-view.tsx';
import { EntryChecks } from './entry-checks.tsx';
import styles from './explanation.module.css';
import { PersonSummary } from './person-summary.tsx';

interface ExplainWorkspaceProps {
  flowId: string;
  graph: Graph;
  editor: Editor;
  found: Explanation;
  /** By which somebody would come in who has no run; absent: the first. */
  trigger: string | undefined;
  onTrigger: (trigger: string) => void;
  onRun: (runId: string) => void;
  onRefresh: () => void;
  isRefreshing: boolean;
}

/** The way of a person on the canvas, step by step up to now and on into what is expected. */
export function ExplainWorkspace({ flowId, graph, editor, found, trigger, onTrigger, ...rest }: ExplainWorkspaceProps) {
  const { t } = useTranslation('explanation');
  const { catalog } = editor;
  const words = useWordsOf(catalog);
  const dock = useDock('explain');
  const { trace, recorded } = found;
  // Who is not in is first told why; of the others where they are now is what is asked for.
  const [tab, setTab] = useState(found.run === null && trigger === undefined ? 'entry' : 'way');
  const [shown, setShown] = useState(Math.max(1, recorded));
  const show = (of: Trace, next: number) => {
    setShown(next);
    const entry = of.entries[next - 1];
    const isHere = entry && 'node' in entry && of.runs[entry.run]?.flowId === flowId;
    editor.run('select', { selection: { nodes: isHere ? [entry.node] : [], edges: [] } });
  };
  const isWay = tab === 'way' && trace !== null;
  const marks = useMemo(
    () => (isWay ? marksOfWay(pathOf(trace, shown, flowId), graph.edges) : null),
    [isWay, trace, shown, flowId, graph.edges],
  );
  const side = (
    <aside className={styles.panel} aria-label={t('title')}>
      <Tabs
        className={styles.tabs ?? ''}
        size="small"
        activeKey={tab}
        onChange={setTab}
        renderTabBar={(bar, TabBar) => (
          <>
            <PersonSummary found={found} graph={graph} words={words} {...rest} />
            <div className={styles.head}>
              <TabBar {...bar} />
              <DockButton dock={dock} />
            </div>
          </>
        )}
        items={[
          {
            key: 'way',
            label: t(found.run === null ? 'wayIfIn' : 'way'),
            children: (
              <div className={styles.body}>
                {found.run === null && found.triggers.length > 1 && (
                  <Select<string>
                    aria-label={t('byTrigger')}
                    value={trigger ?? found.triggers[0]?.node ?? ''}
                    options={found.triggers.map(({ node }) => ({
                      value: node,
                      label: words.titleOf(graph.nodes.find(({ id }) => id === node)) || node,
                    }))}
                    onChange={onTrigger}
                  />
                )}
                {trace ? (
                  <Timeline
                    {...{ flowId, trace, graph, catalog, words, shown, recorded }}
                    onShow={(next) => show(trace, next)}
                  />
                ) : (
                  <p className={styles.quiet}>{t('noWay')}</p>
                )}
              </div>
            ),
          },
          {
            key: 'entry',
            label: t('entry'),
            children: (
              <div className={styles.body}>
                <EntryChecks found={found} graph={graph} words={words} />
              </div>
            ),
          },
        ]}
      />
    </aside>
  );
  return (
    <EditorProvider editor={editor}>
      <SplitView dock={dock} panel={side}>
        <MarksProvider value={marks}>
          <FlowCanvas />
        </MarksProvider>
        {isWay && (
          <Transport
            trace={trace}
            shown={shown}
            onShow={(next) => show(trace, next)}
            note={shown > recorded ? t('expected') : undefined}
          />
        )}
      </SplitView>
    </EditorProvider>
  );
}
