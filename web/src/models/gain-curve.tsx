import type { GainPoint } from '@sluice/shared/http-api';
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { use as install } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { cssVariablesOf } from '../theme/css-variables.ts';
import { SERIES_COLOURS } from '../theme/palette.ts';
import { useThemeMode } from '../theme/theme-preference.ts';
import { chartBase, LABELS_INSIDE } from '../ui/chart-base.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { useChart } from '../ui/use-chart.ts';
import styles from './gain-section.module.css';

install([LineChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, SVGRenderer]);

interface GainCurveProps {
  gains: readonly GainPoint[];
  /** The share looked at, 0 to 1. */
  chosen: number;
  title: string;
  isSeed: boolean;
}

/** The part of all positives that the best by score hold, beside the straight line of chance. */
export function GainCurve({ gains, chosen, title, isSeed }: GainCurveProps) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const mode = useThemeMode();
  const { host, chart } = useChart();

  useEffect(() => {
    const ink = cssVariablesOf(mode);
    const quiet = ink['--color-text-secondary'];
    const axis = {
      type: 'value',
      min: 0,
      max: 1,
      axisLabel: { color: quiet, formatter: (share: number) => `${share * 100}%` },
      splitLine: { lineStyle: { color: ink['--color-border'] } },
    };
    const captured = t(isSeed ? 'gains.capturedSeed' : 'gains.captured');
    chart.current?.setOption(
      {
        ...chartBase(ink, title),
        grid: { left: 8, right: 64, top: 28, bottom: 28, ...LABELS_INSIDE },
        tooltip: {
          trigger: 'axis',
          appendTo: 'body',
          formatter: ([first]: { value: [number, number] }[]) =>
            first ? `${format.share(first.value[0], 1)} → ${format.share(first.value[1], 1)} ${captured}` : '',
        },
        xAxis: {
          ...axis,
          name: t('gains.best'),
          nameLocation: 'middle',
          nameGap: 26,
          nameTextStyle: { color: quiet },
        },
        yAxis: { ...axis, name: captured, nameTextStyle: { color: quiet, align: 'left' }, nameGap: 12 },
        series: [
          {
            type: 'line',
            showSymbol: false,
            data: [[0, 0], ...gains.map(({ share, captured: found }) => [share, found])],
            lineStyle: { color: SERIES_COLOURS[0], width: 2 },
            itemStyle: { color: SERIES_COLOURS[0] },
            markLine: {
              symbol: 'none',
              silent: true,
              label: { show: false },
              lineStyle: { color: ink['--color-brand'], type: 'solid', width: 2 },
              data: [{ xAxis: chosen }],
            },
          },
          {
            type: 'line',
            showSymbol: false,
            silent: true,
            data: [
              [0, 0],
              [1, 1],
            ],
            lineStyle: { color: quiet, type: 'dashed', width: 1 },
            itemStyle: { color: quiet },
            endLabel: { show: true, formatter: t('gains.random'), color: quiet },
          },
        ],
      },
      true,
    );
  }, [chart, gains, chosen, title, isSeed, t, format, mode]);

  return <div ref={host} className={styles.canvas} role="img" aria-label={title} />;
}
