import { api, type FlowVersion } from '@sluice/shared/http-api';
import { Button, Drawer, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { documentOf } from '../editor/flow-document.ts';
import { usePages } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { Loading } from '../ui/loading.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import { CompareDialog, type Side } from './compare-dialog.tsx';
import { RollBackDialog } from './roll-back-dialog.tsx';
import { versionLabel } from './version-label.ts';
import { VersionName } from './version-name.tsx';
import styles from './versions-drawer.module.css';

interface VersionsDrawerProps {
  flowId: string;
  liveVersion: number | null;
  isOpen: boolean;
  onClose: () => void;
  onShow: (version: number) => void;
}

/** What has been published, newest first. A version never changes; it can be looked at and copied into the draft. */
export function VersionsDrawer({ flowId, liveVersion, isOpen, onClose, onShow }: VersionsDrawerProps) {
  const { t } = useTranslation('plans');
  const versions = usePages(api.flows.listVersions, { params: { flowId }, query: {} }, { enabled: isOpen });
  return (
    <Drawer open={isOpen} size={540} title={t('versions.title')} onClose={onClose}>
      {versions.error && <ErrorPanel error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.isPending && <Loading />}
      {versions.isSuccess && versions.items.length === 0 && <EmptyState title={t('versions.empty')} />}
      <ul className={styles.versions}>
        {versions.items.map((version) => (
          <li key={version.version} className={styles.version}>
            <Version
              version={version}
              others={versions.items}
              flowId={flowId}
              isLive={version.version === liveVersion}
              onPublished={onShow}
              onShow={() => onShow(version.version)}
              onClose={onClose}
            />
          </li>
        ))}
      </ul>
      <LoadMore pages={versions} />
    </Drawer>
  );
}

interface VersionProps {
  version: FlowVersion;
  /** All that are known, to be compared with. */
  others: readonly FlowVersion[];
  flowId: string;
  isLive: boolean;
  onPublished: (version: number) => void;
  onShow: () => void;
  onClose: () => void;
}

function Version({ version, others, flowId, isLive, onPublished, onShow, onClose }: VersionProps) {
  const [isRollingBack, setRollingBack] = useState(false);
  const mayPublish = useHasRole('administrator', 'operator');
  const { t } = useTranslation('plans');
  const format = useFormat();
  const editor = useEditor();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);

  function restore(): void {
    const { name } = editor.store.getState().document;
    editor.run('replace-document', {
      document: documentOf(name, version.graph),
      name: { key: 'restore-version', values: { version: version.version } },
    });
    editor.run('begin');
    onClose();
  }

  return (
    <>
      <div className={styles.head}>
        <VersionName flowId={flowId} version={version} />
        {isLive && <StatusTag tone="good" text={t('versions.live')} />}
      </div>
      <p className={styles.by}>
        {t('versions.by', { by: version.publishedBy, time: format.exact(version.publishedAt) })}
      </p>
      <p className={version.note === '' ? styles.by : undefined}>{version.note || t('versions.noNote')}</p>
      {version.approvedBy !== undefined && (
        <p className={styles.by}>{t('versions.approvedBy', { by: version.approvedBy })}</p>
      )}
      {version.failedCases && (
        <p className={styles.by}>{t('versions.failedCases', { cases: version.failedCases.join(', ') })}</p>
      )}
      <div className={styles.head}>
        <Button size="small" onClick={onShow}>
          {t('versions.show')}
        </Button>
        <Compare version={version} others={others} />
        {!isReadOnly && (
          <Button size="small" onClick={restore}>
            {t('versions.restore')}
          </Button>
        )}
        {mayPublish && !isLive && (
          <Button size="small" onClick={() => setRollingBack(true)}>
            {t('versions.rollBack')}
          </Button>
        )}
      </div>
      {isRollingBack && (
        <RollBackDialog
          flowId={flowId}
          version={version}
          onClose={() => setRollingBack(false)}
          onPublished={onPublished}
        />
      )}
    </>
  );
}

/** What is different to the draft, or to another version; drawn over the two. */
function Compare({ version, others }: { version: FlowVersion; others: readonly FlowVersion[] }) {
  const { t } = useTranslation('plans');
  const editor = useEditor();
  const [sides, setSides] = useState<{ from: Side; to: Side } | null>(null);
  const sideOf = (version: FlowVersion): Side => ({
    title: t('versions.version', { version: versionLabel(version) }),
    document: documentOf(editor.store.getState().document.name, version.graph),
  });
  const compare = (key: string) => {
    const other = others.find((one) => String(one.version) === key);
    const draft: Side = { title: t('compare.draft'), document: editor.store.getState().document };
    // Earlier first: what is new is then what was added.
    if (!other) setSides({ from: sideOf(version), to: draft });
    else if (other.version < version.version) setSides({ from: sideOf(other), to: sideOf(version) });
    else setSides({ from: sideOf(version), to: sideOf(other) });
  };
  const items = [
    { key: 'draft', label: t('compare.draft') },
    ...others
      .filter((one) => one.version !== version.version)
      .map((one) => ({ key: String(one.version), label: t('versions.version', { version: versionLabel(one) }) })),
  ];
  return (
    <>
      <Dropdown menu={{ items, onClick: ({ key }) => compare(key) }} trigger={['click']}>
        <Button size="small">{t('compare.with')}</Button>
      </Dropdown>
      {sides && <CompareDialog {...sides} onClose={() => setSides(null)} />}
    </>
  );
}
