import { ColumnHeightOutlined, ColumnWidthOutlined } from '@ant-design/icons';
import { Button, Splitter, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './split-view.module.css';

type Place = 'beside' | 'below';

/** Where a panel lies and how much room it has; kept for the next visit. */
export interface Dock {
  readonly place: Place;
  /** Of each place, in pixels; absent until somebody has moved the border. */
  readonly sizes: Readonly<Partial<Record<Place, number>>>;
  toggle(): void;
  resize(size: number): void;
}

/** Below this width what lies beside the panel would be too narrow to read. */
const WIDE = 1440;
const FIRST = { beside: 400, below: '46%' } as const;
const LEAST = { beside: 320, below: 160 } as const;

export function useDock(name: string): Dock {
  const key = `sluice:dock:${name}`;
  const [{ place, sizes }, setKept] = useState(() => read(key));
  const keep = (next: Pick<Dock, 'place' | 'sizes'>) => {
    setKept(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return {
    place,
    sizes,
    toggle: () => keep({ place: place === 'beside' ? 'below' : 'beside', sizes }),
    resize: (size) => keep({ place, sizes: { ...sizes, [place]: size } }),
  };
}

function read(key: string): Pick<Dock, 'place' | 'sizes'> {
  const first: Pick<Dock, 'place' | 'sizes'> = { place: window.innerWidth < WIDE ? 'below' : 'beside', sizes: {} };
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Dock> | null;
    if (kept?.place !== 'beside' && kept?.place !== 'below') return first;
    return { place: kept.place, sizes: kept.sizes ?? {} };
  } catch {
    // Not ours, or cut off: as if nothing had been kept.
    return first;
  }
}

/** A surface with a panel beside or below it, which can be made larger, smaller, and be folded away. */
export function SplitView({ dock, panel, children }: { dock: Dock; panel: ReactNode; children: ReactNode }) {
  const { place, sizes } = dock;
  return (
    <Splitter
      // The other way round it is another division: sizes of the one mean nothing in the other.
      key={place}
      className={styles.split ?? ''}
      orientation={place === 'beside' ? 'horizontal' : 'vertical'}
      onResizeEnd={([, size = 0]) => {
        // Folded away is for now, not for the next visit.
        if (size > 0) dock.resize(Math.round(size));
      }}
    >
      <Splitter.Panel min={LEAST[place]} className={styles.main ?? ''}>
        {children}
      </Splitter.Panel>
      <Splitter.Panel
        collapsible={{ start: true, showCollapsibleIcon: true }}
        defaultSize={sizes[place] ?? FIRST[place]}
        min={LEAST[place]}
        className={styles.panel ?? ''}
      >
        {panel}
      </Splitter.Panel>
    </Splitter>
  );
}

/** Moves the panel to its other place. */
export function DockButton({ dock }: { dock: Dock }) {
  const { t } = useTranslation('ui');
  const label = t(dock.place === 'beside' ? 'dock.below' : 'dock.beside');
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        size="small"
        icon={dock.place === 'beside' ? <ColumnHeightOutlined aria-hidden /> : <ColumnWidthOutlined aria-hidden />}
        aria-label={label}
        onClick={dock.toggle}
      />
    </Tooltip>
  );
}
