import { DownloadOutlined } from '@ant-design/icons';
import { api, type Flow, type Forecast, type ForecastResult } from '@sluice/shared/http-api';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import { useTimeZone } from '../access/session.ts';
import { FlowCanvas } from '../canvas/flow-canvas.tsx';
import { type LiveLayer, LiveProvider } from '../canvas/live-layer.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { useWordsOf } from '../editing/use-node-words.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { saveFile } from '../ui/save-file.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { Section } from '../ui/section.tsx';
import { useNow } from '../ui/use-now.ts';
import { CostTable } from './cost-table.tsx';
import styles from './forecast.module.css';
import { hoursCsv } from './forecast-csv.ts';
import { ForecastFigures } from './forecast-figures.tsx';
import { LostTable } from './lost-table.tsx';
import { NodeTable } from './node-table.tsx';
import { OutcomeTable } from './outcome-table.tsx';
import { toCounts } from './to-counts.ts';
import { WarningList } from './warning-list.tsx';

// The chart library is large; the numbers are there before it.
const HourChart = lazy(async () => ({ default: (await import('./hour-chart.tsx')).HourChart }));

interface ResultViewProps {
  flow: Flow;
  forecast: Forecast;
  result: ForecastResult;
  /** What it is held against. */
  other: Forecast | undefined;
  catalog: NodeCatalog;
}

/** What a forecast came to: figures, warnings, the drawing with its numbers, when it happens, and the tables behind. */
export function ResultView({ flow, forecast, result, other, catalog }: ResultViewProps) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const zone = useTimeZone();
  const now = useNow();
  const words = useWordsOf(catalog);
  const { graph, id: forecastId } = forecast;
  const [editor] = useState(() =>
    // Ids are made for what is drawn anew, and nothing is.
    createEditor({ document: documentOf(flow.name, graph), catalog, createId: () => '', isReadOnly: true }),
  );
  const canvas = useRef<HTMLDivElement>(null);
  const [node, setNode] = useState<string>();
  const hours = useReply(
    api.forecasts.forecastHours,
    { params: { flowId: flow.id, forecastId } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  const otherHours = useReply(
    api.forecasts.forecastHours,
    { params: { flowId: flow.id, forecastId: other?.id ?? '' } },
    { enabled: other?.result != null, staleTime: Number.POSITIVE_INFINITY },
  );
  const nodeOf = (id: string) => graph.nodes.find((one) => one.id === id);
  const titleOf = useDistinctTitles(graph.nodes, words);
  const portOf = (id: string, port: string) => words.portNameOf(nodeOf(id), port);
  const select = (id: string) => {
    setNode(id);
    editor.run('select', { selection: { nodes: [id], edges: [] } });
  };
  const show = (id: string) => {
    select(id);
    canvas.current?.scrollIntoView({ block: 'nearest' });
  };
  const live = useMemo(
    (): LiveLayer => ({
      counts: toCounts(result, forecast.version ?? 0),
      open: (place) => {
        const id = 'at' in place ? place.at : place.node;
        setNode(id);
        editor.run('select', { selection: { nodes: [id], edges: [] } });
      },
    }),
    [result, forecast.version, editor],
  );
  const { currency } = forecast.settings;
  const isOutdated = forecast.version === null && JSON.stringify(graph) !== JSON.stringify(flow.graph);
  const otherResult = other?.result ?? undefined;
  const saveCsv = () => {
    if (!hours.data) return;
    const headings = [`${t('of.hour')} (${zone})`, t('of.place'), t('of.count')];
    saveFile(
      `forecast-${forecastId}.csv`,
      hoursCsv(hours.data, headings, titleOf, format.exact, t('chart.sent')),
      'text/csv',
    );
  };

  return (
    <>
      <p className={styles.hint}>
        {t('madeBy', {
          name: forecast.createdBy,
          duration: format.duration(result.tookMs),
          from: format.absolute(result.startAt, now),
          to: format.absolute(result.endAt, now),
          zone,
        })}
      </p>
      {isOutdated && <Alert type="info" showIcon title={t('outdated')} />}
      <ForecastFigures {...{ result, currency }} valueCurrency={graph.measurement?.currency} other={otherResult} />
      <WarningList warnings={result.warnings} {...{ titleOf, portOf }} onShow={show} />
      <div ref={canvas} className={styles.canvas} role="region" aria-label={t('canvas')}>
        <EditorProvider editor={editor}>
          <LiveProvider value={live}>
            <FlowCanvas />
          </LiveProvider>
        </EditorProvider>
      </div>
      {hours.error && <ErrorPanel error={hours.error} onRetry={() => void hours.refetch()} />}
      <Suspense fallback={<Loading />}>
        {hours.data && (
          <HourChart
            hours={hours.data}
            other={otherHours.data}
            {...{ node, titleOf }}
            onNode={(id) => (id === undefined ? setNode(undefined) : select(id))}
            actions={
              <Button size="small" type="text" icon={<DownloadOutlined aria-hidden />} onClick={saveCsv}>
                {t('csv')}
              </Button>
            }
          />
        )}
      </Suspense>
      <Section title={t('nodes.title')}>
        <NodeTable {...{ result, titleOf, portOf }} other={otherResult} onShow={show} />
      </Section>
      <div className={styles.pair}>
        <Section title={t('lost.title')}>
          <LostTable {...{ result, titleOf }} />
        </Section>
        {result.outcomes.length > 0 && (
          <Section title={t('outcomes.title')}>
            <OutcomeTable outcomes={result.outcomes} entered={result.entered} />
          </Section>
        )}
        {(result.costMinor > 0 || result.nodeCosts.length > 0) && (
          <Section title={t('spent.title')}>
            <CostTable {...{ result, currency, titleOf }} />
          </Section>
        )}
      </div>
    </>
  );
}
