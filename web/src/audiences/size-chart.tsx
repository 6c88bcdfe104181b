import { MINUTE_MS } from '@sluice/shared/time';
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { use as install } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect } from 'react';
import { cssVariablesOf } from '../theme/css-variables.ts';
import { SERIES_COLOURS } from '../theme/palette.ts';
import { useThemeMode } from '../theme/theme-preference.ts';
import { chartBase, LABELS_INSIDE } from '../ui/chart-base.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { useChart } from '../ui/use-chart.ts';
import styles from './size-chart.module.css';

install([LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export interface SizePoint {
  /** Unix milliseconds. */
  at: number;
  size: number;
}

/** The sizes over time. The axis need not begin at zero: one looks for movement, and a large audience moves by little. */
export function SizeChart({ points, title }: { points: readonly SizePoint[]; title: string }) {
  const format = useFormat();
  const mode = useThemeMode();
  const { host, chart } = useChart();
  useEffect(() => {
    const ink = cssVariablesOf(mode);
    const quiet = ink['--color-text-secondary'];
    const last = points.at(-1)?.at ?? 0;
    chart.current?.setOption(
      {
        ...chartBase(ink, title),
        grid: { left: 8, right: 32, top: 16, bottom: 8, ...LABELS_INSIDE },
        tooltip: {
          trigger: 'axis',
          appendTo: 'body',
          formatter: ([first]: { value: [number, number] }[]) =>
            first ? `${format.absolute(first.value[0], last)}<br>${format.count(first.value[1])}` : '',
        },
        xAxis: {
          type: 'time',
          axisLine: { lineStyle: { color: ink['--color-border-strong'] } },
          axisTick: { show: false },
          // Labels say minutes at most: closer together they would say the same.
          minInterval: MINUTE_MS,
          axisLabel: { color: quiet, hideOverlap: true, formatter: (at: number) => format.dayOrTime(at, last) },
        },
        yAxis: {
          type: 'value',
          scale: true,
          minInterval: 1,
          axisLabel: { color: quiet, formatter: (size: number) => format.compact(size) },
          splitLine: { lineStyle: { color: ink['--color-border'] } },
        },
        series: [
          {
            type: 'line',
            symbol: 'circle',
            symbolSize: 6,
            data: points.map(({ at, size }) => [at, size]),
            lineStyle: { color: SERIES_COLOURS[0], width: 2 },
            itemStyle: { color: SERIES_COLOURS[0] },
          },
        ],
      },
      true,
    );
  }, [chart, points, title, format, mode]);
  return <div ref={host} className={styles.canvas} role="img" aria-label={title} />;
}
