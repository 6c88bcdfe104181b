import { BulbOutlined, GlobalOutlined, MenuUnfoldOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { api } from '@sluice/shared/http-api';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceState } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.ts';
import { useLocale } from '../i18n/locale-provider.tsx';
import { setThemePreference, THEME_PREFERENCES, useThemePreference } from '../theme/theme-preference.ts';
import { MenuButton } from './menu-button.tsx';
import styles from './top-bar.module.css';

const SearchDialog = lazy(async () => ({ default: (await import('./search-dialog.tsx')).SearchDialog }));

/** `onMenu`: opens the rail, where there is no room for it. */
export function TopBar({ onMenu }: { onMenu?: () => void }) {
  const [isSearching, setSearching] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setSearching((isOpen) => !isOpen);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <header className={styles.bar}>
      {onMenu && <MenuOpener onClick={onMenu} />}
      <SearchButton onOpen={() => setSearching(true)} />
      <div className={styles.menus}>
        <LanguageMenu />
        <ThemeMenu />
        <AccountMenu />
      </div>
      {isSearching && (
        <Suspense>
          <SearchDialog onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </header>
  );
}

function MenuOpener({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Button type="text" icon={<MenuUnfoldOutlined aria-hidden />} aria-label={t('rail.expand')} onClick={onClick} />
  );
}

function SearchButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation('shell');
  const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);
  return (
    <button type="button" className={styles.search} onClick={onOpen}>
      <SearchOutlined aria-hidden />
      <span className={styles.searchLabel}>{t('search.open')}</span>
      <kbd className={styles.key}>{t(isApple ? 'search.keyApple' : 'search.key')}</kbd>
    </button>
  );
}

function LanguageMenu() {
  const { t } = useTranslation('shell');
  const { language, switchTo } = useLocale();
  const items = LANGUAGES.map((key) => ({ key, label: <span lang={key}>{LANGUAGE_NAMES[key]}</span> }));
  const choose = (key: string) => {
    const wanted = LANGUAGES.find((language) => language === key);
    if (wanted) void switchTo(wanted);
  };
  return (
    <MenuButton
      icon={<GlobalOutlined aria-hidden />}
      aria-label={t('language')}
      menu={{ items, selectedKeys: [language], onClick: ({ key }) => choose(key) }}
    />
  );
}

function ThemeMenu() {
  const { t } = useTranslation('shell');
  const preference = useThemePreference();
  const items = THEME_PREFERENCES.map((key) => ({ key, label: t(`themes.${key}`) }));
  const choose = (key: string) => {
    const wanted = THEME_PREFERENCES.find((preference) => preference === key);
    if (wanted) setThemePreference(wanted);
  };
  return (
    <MenuButton
      icon={<BulbOutlined aria-hidden />}
      aria-label={t('theme')}
      menu={{ items, selectedKeys: [preference], onClick: ({ key }) => choose(key) }}
    />
  );
}

function AccountMenu() {
  const { t } = useTranslation(['shell', 'access']);
  const account = useWorkspaceState().data?.account;
  const client = useQueryClient();
  const signOut = useChange(api.access.signOut, [api.access.state]);
  // The next account of this tab must not see what this one read.
  const forget = () => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== api.access.state.path });
  if (!account) return null;
  const items = [
    {
      key: 'who',
      type: 'group' as const,
      label: (
        <div className={styles.who}>
          <strong>{account.name}</strong>
          <span>{account.email}</span>
          <span>{t(`access:roles.${account.role}`)}</span>
        </div>
      ),
    },
    { type: 'divider' as const },
    { key: 'sign-out', label: t('signOut'), onClick: () => signOut.mutate({}, { onSuccess: forget }) },
  ];
  return (
    <MenuButton
      icon={<UserOutlined aria-hidden />}
      loading={signOut.isPending}
      className={styles.account ?? ''}
      menu={{ items }}
    >
      <span className={styles.accountName}>{account.name}</span>
    </MenuButton>
  );
}
