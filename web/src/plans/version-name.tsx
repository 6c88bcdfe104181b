import { EditOutlined } from '@ant-design/icons';
import { api, type FlowVersion } from '@sluice/shared/http-api';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { versionLabel } from './version-label.ts';
import styles from './versions-drawer.module.css';

/** What a version is called; whoever may publish gives it a name here, and Escape leaves the old one. */
export function VersionName({ flowId, version }: { flowId: string; version: FlowVersion }) {
  const { t } = useTranslation('plans');
  const mayName = useHasRole('administrator', 'operator');
  const [name, setName] = useState<string | null>(null);
  const naming = useChange(api.flows.nameVersion, [api.flows.listVersions]);
  const label = t('versions.name', { version: version.version });

  function save(): void {
    if (name === null || naming.isPending) return;
    if (name.trim() === (version.name ?? '')) return setName(null);
    const params = { flowId, version: version.version };
    naming.mutate({ params, body: { name: name.trim() } }, { onSuccess: () => setName(null) });
  }

  if (name === null)
    return (
      <>
        <h3 className={styles.title}>{t('versions.version', { version: versionLabel(version) })}</h3>
        {mayName && (
          <Button
            type="text"
            size="small"
            icon={<EditOutlined aria-hidden />}
            aria-label={label}
            title={label}
            onClick={() => setName(version.name ?? '')}
          />
        )}
      </>
    );
  return (
    <div className={styles.naming}>
      <Input
        autoFocus
        size="small"
        aria-label={label}
        placeholder={t('versions.namePlaceholder', { version: version.version })}
        maxLength={60}
        value={name}
        disabled={naming.isPending}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={save}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // The drawer would take it for its own.
          event.stopPropagation();
          setName(null);
        }}
      />
      {naming.error && <ErrorPanel error={naming.error} />}
    </div>
  );
}
