import { api, type FlowVersion } from '@sluice/shared/http-api';
import type { PublishPolicy } from '@sluice/shared/model';
import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { RunPolicy } from './run-policy.tsx';
import { versionLabel } from './version-label.ts';
import styles from './run-policy.module.css';

interface RollBackDialogProps {
  flowId: string;
  version: FlowVersion;
  onClose: () => void;
  onPublished: (version: number) => void;
}

/** Publishing an older version again, with the same choice about runs in flight as any publishing. */
export function RollBackDialog({ flowId, version, onClose, onPublished }: RollBackDialogProps) {
  const { t } = useTranslation('plans');
  const noteId = useId();
  const [note, setNote] = useState(t('rollBack.note', { version: versionLabel(version) }).slice(0, 500));
  const [policy, setPolicy] = useState<PublishPolicy>({ kind: 'stay' });
  const rolling = useChange(api.lifecycle.rollBack, [
    api.flows.listFlows,
    api.flows.getFlow,
    api.flows.listVersions,
    api.lifecycle.listBulkChanges,
  ]);
  const body = { version: version.version, note: note.trim(), policy };
  return (
    <Modal
      open
      title={t('rollBack.title', { version: versionLabel(version) })}
      okText={t('rollBack.confirm')}
      okButtonProps={{ loading: rolling.isPending }}
      onCancel={onClose}
      onOk={() => rolling.mutate({ params: { flowId }, body }, { onSuccess: ({ version }) => onPublished(version) })}
    >
      <div className={styles.parts}>
        <p>{t('rollBack.text')}</p>
        <RunPolicy
          flowId={flowId}
          rollBackTo={version.version}
          nodes={version.graph.nodes}
          value={policy}
          onChange={setPolicy}
        />
        <div>
          <label htmlFor={noteId} className={styles.heading}>
            {t('publish.note')}
          </label>
          <Input id={noteId} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        </div>
        {rolling.error && <ErrorPanel error={rolling.error} />}
      </div>
    </Modal>
  );
}
