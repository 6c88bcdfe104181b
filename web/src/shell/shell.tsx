import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { useIsPhone } from '../ui/use-is-phone.ts';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { TopBar } from './top-bar.tsx';

const STORAGE_KEY = 'sluice.rail';

/** Rail, top bar and the page between them; a page may fill the height (the canvas) or scroll inside `main`. */
export function Shell() {
  const { t } = useTranslation('shell');
  const [isCollapsed, setCollapsed] = useState(() => localStorage.getItem(STORAGE_KEY) === 'collapsed');
  const { pathname } = useLocation();
  const isPhone = useIsPhone();
  // On a phone the rail lies over the page until one has gone somewhere.
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const isOver = isPhone && openedAt === pathname;
  const toggle = () => {
    localStorage.setItem(STORAGE_KEY, isCollapsed ? 'open' : 'collapsed');
    setCollapsed(!isCollapsed);
  };
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        {t('skip')}
      </a>
      {!isPhone && <Rail isCollapsed={isCollapsed} onToggle={toggle} />}
      {isOver && (
        <div className={styles.over}>
          <Rail isCollapsed={false} onToggle={() => setOpenedAt(null)} />
          <button
            type="button"
            className={styles.shade}
            aria-label={t('rail.collapse')}
            onClick={() => setOpenedAt(null)}
          />
        </div>
      )}
      <div className={styles.column}>
        <TopBar {...(isPhone && { onMenu: () => setOpenedAt(pathname) })} />
        {/* A new page starts at its top, so the scrolling element is a new one too. */}
        <main key={pathname} id="page" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
