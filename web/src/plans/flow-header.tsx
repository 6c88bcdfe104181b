import { ArrowLeftOutlined } from '@ant-design/icons';
import type { Flow } from '@sluice/shared/http-api';
import { Input, Segmented, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { FlowStatusTag } from './flow-status-tag.tsx';
import styles from './flow-header.module.css';

export type FlowMode = 'edit' | 'test' | 'forecast' | 'live';

interface FlowHeaderProps {
  flow: Flow;
  name: string;
  mode: FlowMode;
  /** What stands behind the name: save state, or the version that is looked at. */
  children?: ReactNode;
  actions: ReactNode;
  onMode: (mode: FlowMode) => void;
  onRename?: (name: string) => void;
  onRenamed?: () => void;
}

/** Name, state, mode and what one does with the flow as a whole. */
export function FlowHeader({ flow, name, mode, children, actions, onMode, onRename, onRenamed }: FlowHeaderProps) {
  const { t } = useTranslation('plans');
  const isPublished = flow.liveVersion !== null;
  const mayTest = useHasRole('administrator', 'operator', 'developer', 'tester');
  return (
    <header className={styles.header} data-mode={mode}>
      <Link to="/flows" className={styles.back} aria-label={t('page.back')} title={t('page.back')}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <h1 className={styles.name} title={name}>
        {onRename ? (
          <Input
            variant="borderless"
            className={styles.input ?? ''}
            aria-label={t('page.name')}
            maxLength={120}
            value={name}
            onChange={(event) => onRename(event.target.value)}
            onBlur={onRenamed}
            onPressEnter={(event) => event.currentTarget.blur()}
          />
        ) : (
          name
        )}
      </h1>
      <span className={styles.status}>
        <FlowStatusTag flow={flow} />
      </span>
      <div className={styles.state}>{children}</div>
      <Tooltip title={isPublished ? undefined : t('page.notLive')}>
        <Segmented<FlowMode>
          aria-label={t('page.mode')}
          value={mode}
          options={[
            { value: 'edit', label: t('page.edit') },
            ...(mayTest ? [{ value: 'test' as const, label: t('page.test') }] : []),
            { value: 'forecast', label: t('page.forecast') },
            { value: 'live', label: t('page.live'), disabled: !isPublished },
          ]}
          onChange={onMode}
        />
      </Tooltip>
      {actions}
    </header>
  );
}
