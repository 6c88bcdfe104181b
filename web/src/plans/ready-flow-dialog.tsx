import { readyFlows } from '@sluice/templates/flows';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { documentOf } from '../editor/flow-document.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { FlowChoice } from './flow-choice.tsx';

/** Fills an empty canvas from a ready-made flow; one undo empties it again. */
export function ReadyFlowDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['plans', 'canvas']);
  const editor = useEditor();
  const language = useLanguage();
  const [id, setId] = useState(readyFlows[0]?.id ?? '');

  function use(): void {
    const graph = readyFlows.find((flow) => flow.id === id)?.graph[language];
    const { name } = editor.store.getState().document;
    if (graph) editor.run('replace-document', { document: documentOf(name, graph), name: { key: 'from-ready-flow' } });
    editor.run('fit');
    onClose();
  }

  return (
    <Modal
      open
      centered
      width="min(760px, 92vw)"
      title={t('canvas:empty.fromTemplate')}
      okText={t('plans:create.use')}
      onOk={use}
      onCancel={onClose}
    >
      <FlowChoice hasEmpty={false} value={id} onChange={setId} />
    </Modal>
  );
}
