import {
  ApiOutlined,
  ApartmentOutlined,
  BlockOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BookOutlined,
  CloudServerOutlined,
  CloudUploadOutlined,
  ConsoleSqlOutlined,
  ContactsOutlined,
  ExperimentOutlined,
  FileProtectOutlined,
  HomeOutlined,
  KeyOutlined,
  MailOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  TableOutlined,
  TeamOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useWorkspaceState } from '../access/session.ts';
import { BrandMark } from './brand-mark.tsx';
import { pageGroupsFor, type PageTitle } from './pages.ts';
import styles from './rail.module.css';
import { WaitingCount } from './waiting-count.tsx';

const ICONS: Record<PageTitle, ReactNode> = {
  home: <HomeOutlined aria-hidden />,
  flows: <ApartmentOutlined aria-hidden />,
  templates: <BlockOutlined aria-hidden />,
  approvals: <AuditOutlined aria-hidden />,
  failures: <WarningOutlined aria-hidden />,
  audiences: <ContactsOutlined aria-hidden />,
  sql: <ConsoleSqlOutlined aria-hidden />,
  models: <ExperimentOutlined aria-hidden />,
  profiles: <UserOutlined aria-hidden />,
  datasets: <TableOutlined aria-hidden />,
  imports: <CloudUploadOutlined aria-hidden />,
  dictionary: <BookOutlined aria-hidden />,
  quality: <SafetyCertificateOutlined aria-hidden />,
  outbox: <MailOutlined aria-hidden />,
  emailProvider: <SendOutlined aria-hidden />,
  services: <CloudServerOutlined aria-hidden />,
  nodeTemplates: <AppstoreOutlined aria-hidden />,
  writeKeys: <ApiOutlined aria-hidden />,
  accessTokens: <KeyOutlined aria-hidden />,
  accounts: <TeamOutlined aria-hidden />,
  dataAccess: <FileProtectOutlined aria-hidden />,
};

export function Rail({ isCollapsed, onToggle }: { isCollapsed: boolean; onToggle: () => void }) {
  const { t } = useTranslation('shell');
  const role = useWorkspaceState().data?.account?.role;
  const toggleLabel = isCollapsed ? t('rail.expand') : t('rail.collapse');
  return (
    <nav className={styles.rail} data-collapsed={isCollapsed} aria-label={t('rail.label')}>
      <NavLink to="/" className={styles.brand} aria-label={t('brand')}>
        <BrandMark />
        {!isCollapsed && <span className={styles.brandName}>{t('brand')}</span>}
      </NavLink>
      <div className={styles.groups}>
        {pageGroupsFor(role).map((group) => (
          <section key={group.title ?? 'first'}>
            {group.title && <h2 className={styles.heading}>{isCollapsed ? null : t(`groups.${group.title}`)}</h2>}
            <ul>
              {group.pages.map((page) => (
                <li key={page.to}>
                  <Tooltip title={isCollapsed ? t(`pages.${page.title}`) : null} placement="right">
                    <NavLink to={page.to} end={page.to === '/'} className={styles.link ?? ''}>
                      <span className={styles.icon} aria-hidden>
                        {ICONS[page.title]}
                      </span>
                      <span className={isCollapsed ? 'visually-hidden' : styles.label}>{t(`pages.${page.title}`)}</span>
                      {page.title === 'approvals' && <WaitingCount />}
                    </NavLink>
                  </Tooltip>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Button
        type="text"
        className={styles.toggle ?? ''}
        icon={isCollapsed ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
        aria-label={toggleLabel}
        aria-expanded={!isCollapsed}
        onClick={onToggle}
      />
    </nav>
  );
}
