import { type EChartsType, init } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';

/** A chart in an element of the page: made once, as large as that element, gone with it. What it shows is set by its owner. */
export function useChart(): { host: RefObject<HTMLDivElement | null>; chart: RefObject<EChartsType | undefined> } {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  useEffect(() => {
    if (!host.current) return;
    const created = init(host.current, null, { renderer: 'svg' });
    chart.current = created;
    const watcher = new ResizeObserver(() => created.resize());
    watcher.observe(host.current);
    return () => {
      watcher.disconnect();
      created.dispose();
    };
  }, []);
  return { host, chart };
}
