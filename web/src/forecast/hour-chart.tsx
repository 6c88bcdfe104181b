import type { ForecastHours } from '@sluice/shared/http-api';
import { DAY_MS, HOUR_MS, wallOf } from '@sluice/shared/time';
import { Segmented, Select } from 'antd';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { use as install } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../access/session.ts';
import { cssVariablesOf } from '../theme/css-variables.ts';
import { SERIES_COLOURS } from '../theme/palette.ts';
import { useThemeMode } from '../theme/theme-preference.ts';
import { chartBase, LABELS_INSIDE } from '../ui/chart-base.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { useChart } from '../ui/use-chart.ts';
import styles from './forecast.module.css';
import { stepsOf } from './forecast-csv.ts';

install([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface HourChartProps {
  hours: ForecastHours;
  other: ForecastHours | undefined;
  /** The node looked at; none: what is sent. */
  node: string | undefined;
  titleOf: (node: string) => string;
  onNode: (node: string | undefined) => void;
  actions: ReactNode;
}

const SENT = '';

/** When it happens: messages, or people who come to a node, for each hour or day of the workspace's zone. */
export function HourChart({ hours, other, node, titleOf, onNode, actions }: HourChartProps) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const mode = useThemeMode();
  const zone = useTimeZone();
  const [step, setStep] = useState<'hour' | 'day'>(hours.hours > 24 * 10 ? 'day' : 'hour');
  const { host, chart } = useChart();
  const pairsOf = (from: ForecastHours) =>
    (node === undefined ? from.channels[0]?.sent : from.nodes.find((one) => one.node === node)?.entered) ?? [];
  const hoursPerStep = step === 'day' ? 24 : 1;
  const start = Date.parse(hours.startAt);
  // Days begin at midnight of the zone, not of the forecast.
  const offset = step === 'day' ? Math.floor((wallOf(start, zone) % DAY_MS) / HOUR_MS) : 0;
  const own = stepsOf(pairsOf(hours), hours.hours, hoursPerStep, offset);
  const against = other && stepsOf(pairsOf(other), other.hours, hoursPerStep, offset);
  const isEmpty = own.every((count) => count === 0) && (against?.every((count) => count === 0) ?? true);
  const what = node === undefined ? t('chart.sent') : t('chart.node', { node: titleOf(node) });

  useEffect(() => {
    const ink = cssVariablesOf(mode);
    const quiet = ink['--color-text-secondary'];
    const nameOf = (index: number) => {
      const at = start + (index * hoursPerStep - offset) * HOUR_MS;
      return step === 'day' ? format.dayOrTime(at, start) : format.absolute(at, start);
    };
    const names = own.map((_, index) => nameOf(index));
    chart.current?.setOption(
      {
        ...chartBase(ink, what),
        grid: { left: 8, right: 32, top: 16, bottom: 8, ...LABELS_INSIDE },
        tooltip: {
          trigger: 'axis',
          appendTo: 'body',
          formatter: (points: { axisValue: string; seriesName: string; value: number }[]) =>
            points
              .map(({ axisValue, seriesName, value }, index) => {
                const line = `${seriesName}: ${format.count(value)}`;
                return index === 0 ? `${axisValue}<br>${line}` : `<br>${line}`;
              })
              .join(''),
        },
        xAxis: {
          type: 'category',
          data: names,
          axisTick: { show: false },
          axisLine: { lineStyle: { color: ink['--color-border-strong'] } },
          axisLabel: { color: quiet, hideOverlap: true },
        },
        yAxis: {
          type: 'value',
          min: 0,
          minInterval: 1,
          axisLabel: { color: quiet, formatter: (count: number) => format.compact(count) },
          splitLine: { lineStyle: { color: ink['--color-border'] } },
        },
        series: [
          {
            type: 'bar',
            name: t('chart.this'),
            data: own,
            barMaxWidth: 24,
            barCategoryGap: '20%',
            itemStyle: { color: SERIES_COLOURS[0], borderRadius: [2, 2, 0, 0] },
          },
          ...(against
            ? [
                {
                  type: 'line',
                  name: t('chart.other'),
                  data: against,
                  symbol: 'none',
                  lineStyle: { color: SERIES_COLOURS[1], width: 2 },
                  itemStyle: { color: SERIES_COLOURS[1] },
                },
              ]
            : []),
        ],
      },
      true,
    );
  }, [chart, own, against, what, start, offset, step, hoursPerStep, t, format, mode]);

  return (
    <section className={styles.chart} aria-label={t('chart.when')}>
      <header className={styles.chartHead}>
        <h2 className={styles.panelTitle}>{t('chart.when')}</h2>
        <Select<string>
          size="small"
          className={styles.choice ?? ''}
          aria-label={t('chart.what')}
          value={node ?? SENT}
          options={[
            { value: SENT, label: t('chart.sent') },
            ...hours.nodes.map((one) => ({ value: one.node, label: t('chart.node', { node: titleOf(one.node) }) })),
          ]}
          onChange={(next) => onNode(next === SENT ? undefined : next)}
        />
        <Segmented<'hour' | 'day'>
          size="small"
          aria-label={t('chart.step')}
          value={step}
          options={[
            { value: 'hour', label: t('chart.hour') },
            { value: 'day', label: t('chart.day') },
          ]}
          onChange={setStep}
        />
        <span className={styles.space} />
        {actions}
      </header>
      {isEmpty && <p className={styles.hint}>{t('chart.none')}</p>}
      <div ref={host} className={styles.plot} role="img" aria-label={what} />
    </section>
  );
}
