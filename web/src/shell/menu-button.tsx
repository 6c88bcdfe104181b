import { Button, type ButtonProps, type MenuProps } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { loadAhead } from '../ui/load-ahead.ts';

/** Menus are part of no first load (18 kB): they come when one is reached for. */
const loadMenu = () => import('./opened-menu.tsx');
const reachFor = () => loadAhead(loadMenu);
const OpenedMenu = lazy(async () => ({ default: (await loadMenu()).OpenedMenu }));

/** A button that opens a menu. */
export function MenuButton({ menu, ...look }: { menu: MenuProps } & Omit<ButtonProps, 'type' | 'onClick'>) {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <Button
      {...look}
      type="text"
      aria-haspopup="menu"
      onPointerEnter={reachFor}
      onFocus={reachFor}
      {...(!isWanted && { onClick: () => setWanted(true) })}
    />
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <OpenedMenu menu={menu} button={button} />
    </Suspense>
  );
}
