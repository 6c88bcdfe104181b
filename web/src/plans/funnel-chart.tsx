import type { FunnelRow } from '@sluice/shared/http-api';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { use as install } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cssVariablesOf } from '../theme/css-variables.ts';
import { SERIES_COLOURS } from '../theme/palette.ts';
import { useThemeMode } from '../theme/theme-preference.ts';
import { chartBase, LABELS_INSIDE } from '../ui/chart-base.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { useChart } from '../ui/use-chart.ts';
import styles from './funnel-chart.module.css';
import { paintPng } from './paint-png.ts';
import { FUNNEL_STAGES, type FunnelStage } from './funnel-stages.ts';

install([BarChart, GridComponent, TitleComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const SHOWN = FUNNEL_STAGES.filter((stage) => stage !== 'targeted');
const ROW_HEIGHT = 32;
/** How much longer than its longest bar an axis is, so that the figure fits behind the bar. */
const LABEL_ROOM = 1.7;
const FRAME_HEIGHT = 56;

export interface ChartHandle {
  /** The picture as the address of a PNG. */
  picture(): Promise<string>;
}

interface FunnelChartProps {
  ref?: Ref<ChartHandle>;
  rows: readonly FunnelRow[];
  onOpen: (row: FunnelRow, stage: FunnelStage) => void;
}

/** One small chart per stage, each from zero on a scale of its own, since one compares variants within a stage. */
export function FunnelChart({ ref, rows, onOpen }: FunnelChartProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const mode = useThemeMode();
  const { host, chart } = useChart();
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  }, [onOpen]);

  useEffect(() => {
    const created = chart.current;
    if (!created) return;
    const ink = cssVariablesOf(mode);
    const text = ink['--color-text'];
    const quiet = ink['--color-text-secondary'];
    const shareOf = (row: FunnelRow, stage: FunnelStage) => (row.targeted === 0 ? 0 : row[stage] / row.targeted);
    const most = (stage: FunnelStage) => Math.max(0.001, ...rows.map((row) => shareOf(row, stage)));
    // The first chart is wider by the names, which hold for all three.
    const lefts = ['0%', '44%', '73%'];
    const widths = ['42%', '27%', '27%'];
    created.setOption(
      {
        ...chartBase(ink, t('funnel.question')),
        tooltip: { trigger: 'item', appendTo: 'body' },
        title: SHOWN.map((stage, index) => ({
          text: t(`funnel.stages.${stage}`),
          left: lefts[index],
          top: 0,
          textStyle: { color: text, fontSize: 12, fontWeight: 600 },
        })),
        grid: SHOWN.map((_, index) => ({
          left: lefts[index],
          width: widths[index],
          top: 28,
          bottom: 4,
          ...LABELS_INSIDE,
        })),
        xAxis: SHOWN.map((stage, gridIndex) => ({
          gridIndex,
          min: 0,
          max: most(stage) * LABEL_ROOM,
          show: false,
        })),
        yAxis: SHOWN.map((_, gridIndex) => ({
          gridIndex,
          type: 'category',
          inverse: true,
          data: rows.map(({ name }) => name),
          axisLine: { show: false },
          axisTick: { show: false },
          axisLabel: { show: gridIndex === 0, color: quiet, width: 90, overflow: 'truncate' },
        })),
        series: SHOWN.map((stage, index) => ({
          type: 'bar',
          xAxisIndex: index,
          yAxisIndex: index,
          barMaxWidth: 18,
          cursor: 'pointer',
          data: rows.map((row, position) => ({
            value: shareOf(row, stage),
            itemStyle: { color: SERIES_COLOURS[position % SERIES_COLOURS.length], borderRadius: [0, 3, 3, 0] },
          })),
          label: {
            show: true,
            position: 'right',
            color: text,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const row = rows[dataIndex];
              return row ? format.share(row[stage], row.targeted) : '';
            },
          },
          tooltip: {
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const row = rows[dataIndex];
              if (!row) return '';
              const counts = { part: format.count(row[stage]), whole: format.count(row.targeted) };
              return escapeHtml(`${row.name}: ${t('funnel.shareOf', counts)}`);
            },
          },
        })),
      },
      true,
    );
    created.off('click');
    created.on('click', ({ dataIndex, seriesIndex }) => {
      const row = rows[dataIndex];
      const stage = SHOWN[seriesIndex ?? 0];
      if (row && stage) open.current(row, stage);
    });
  }, [chart, rows, t, format, mode]);

  useImperativeHandle(ref, () => ({
    picture: async () => {
      const drawing = chart.current;
      return drawing
        ? paintPng(
            drawing.getDataURL(),
            drawing.getWidth(),
            drawing.getHeight(),
            cssVariablesOf(mode)['--color-surface'],
          )
        : '';
    },
  }));
  return (
    <div ref={host} className={styles.chart} style={{ height: rows.length * ROW_HEIGHT + FRAME_HEIGHT }} role="img" />
  );
}

/** The library writes a tooltip as HTML, and a variant's name is whatever an operator typed. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
