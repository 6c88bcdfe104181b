import { DownloadOutlined } from '@ant-design/icons';
import type { Graph } from '@sluice/shared/graph';
import { api, type Funnel, type FunnelRow } from '@sluice/shared/http-api';
import { keepPreviousData } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import { useNodeWords } from '../editing/use-node-words.ts';
import { useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import type { ChartHandle } from './funnel-chart.tsx';
import { funnelCsv } from './funnel-csv.ts';
import styles from './funnel-panel.module.css';
import { FUNNEL_STAGES, type FunnelStage } from './funnel-stages.ts';
import { FunnelTable } from './funnel-table.tsx';
import { nodeKinds } from './node-kinds.ts';
import { formatP } from './p-value.ts';
import type { RunsChoice } from './runs-drawer.tsx';
import { saveAddress, saveFile } from '../ui/save-file.ts';
import { WinnerPanel } from './winner-panel.tsx';

// The chart library is large; the numbers are there before it.
const FunnelChart = lazy(async () => ({ default: (await import('./funnel-chart.tsx')).FunnelChart }));
const POLL_MS = 5000;

interface FunnelPanelProps {
  flowId: string;
  version: number;
  graph: Graph;
  onOpen: (choice: RunsChoice) => void;
}

/** Targeted → reached → clicked → converted, per variant of one split; every number opens the people behind it. */
export function FunnelPanel({ flowId, version, graph, onOpen }: FunnelPanelProps) {
  const { t } = useTranslation('plans');
  const chart = useRef<ChartHandle>(null);
  const titleOf = useDistinctTitles(graph.nodes, useNodeWords());
  const splits = graph.nodes.filter(({ kind }) => nodeKinds.find(kind)?.experiment !== undefined);
  const [chosen, setChosen] = useState<string>();
  const experiment = chosen ?? splits[0]?.id;
  const funnel = useReply(
    api.flows.funnel,
    { params: { flowId }, query: { version, ...(experiment !== undefined && { experiment }) } },
    { refetchInterval: POLL_MS, placeholderData: keepPreviousData },
  );
  if (funnel.error) return <ErrorPanel error={funnel.error} onRetry={() => void funnel.refetch()} />;
  if (!funnel.data) return <Loading />;
  const { data } = funnel;
  if (data.total.targeted === 0) return <EmptyState title={t('funnel.empty')} text={t('funnel.emptyText')} />;
  const rows = data.rows.length > 0 ? data.rows : [data.total];
  const nameOf = (row: FunnelRow) => row.name || t('funnel.everyone');
  const named = rows.map((row) => ({ ...row, name: nameOf(row) }));

  const fileName = `funnel-${flowId}-${version}`;
  const stages = FUNNEL_STAGES.map((stage) => t(`funnel.stages.${stage}`));
  const headings = [t('funnel.variant'), ...stages, t('funnel.value'), t('measurement.currency')];
  const open = (row: FunnelRow, stage: FunnelStage) => {
    const ofVariant =
      data.experiment !== null && row.variant !== '' && row !== data.total
        ? { experiment: data.experiment, variant: row.variant }
        : {};
    onOpen({
      title: t('funnel.opens', { variant: row.name || t('funnel.total'), stage: t(`funnel.stages.${stage}`) }),
      filter: { version, stage, ...ofVariant },
    });
  };

  return (
    <div className={styles.funnel}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('funnel.question')}</h2>
        {splits.length > 1 && (
          <Select<string>
            size="small"
            aria-label={t('funnel.experiment')}
            value={experiment ?? null}
            options={splits.map((node) => ({ value: node.id, label: titleOf(node.id) }))}
            onChange={setChosen}
          />
        )}
        <span className={styles.space} />
        <Button
          size="small"
          type="text"
          icon={<DownloadOutlined aria-hidden />}
          onClick={() => void savePicture(chart.current, `${fileName}.png`)}
        >
          {t('funnel.png')}
        </Button>
        <Button
          size="small"
          type="text"
          icon={<DownloadOutlined aria-hidden />}
          onClick={() => saveFile(`${fileName}.csv`, funnelCsv({ ...data, rows: named }, headings), 'text/csv')}
        >
          {t('funnel.csv')}
        </Button>
      </header>
      <SampleRatio ratio={data.sampleRatio} />
      {data.decision && <WinnerPanel decision={data.decision} rows={data.rows} />}
      <div className={styles.sides}>
        <FunnelTable rows={named} total={data.total} currency={data.currency} onOpen={open} />
        <Suspense fallback={<Loading />}>
          <FunnelChart ref={chart} rows={named} onOpen={open} />
        </Suspense>
      </div>
    </div>
  );
}

/** Whether the variants got the shares they should have got; if not, nothing below may be compared. */
function SampleRatio({ ratio }: { ratio: Funnel['sampleRatio'] }) {
  const { t } = useTranslation('plans');
  if (!ratio) return null;
  const p = formatP(ratio.pValue);
  if (ratio.isSuspect) return <Alert type="error" showIcon title={t('funnel.ratioBad', { p })} />;
  return <p className={styles.ratio}>{t('funnel.ratioGood', { p })}</p>;
}

async function savePicture(chart: ChartHandle | null, name: string): Promise<void> {
  if (chart) saveAddress(name, await chart.picture());
}
