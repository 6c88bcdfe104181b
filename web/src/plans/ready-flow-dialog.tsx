import { instantiate } from '@sluice/shared/flow-template';
import { api } from '@sluice/shared/http-api';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { documentOf } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { FlowChoice } from './flow-choice.tsx';
import { manifests } from './node-kinds.ts';

/** Fills an empty canvas from a template with its defaults; one undo empties it again. */
export function ReadyFlowDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['plans', 'canvas']);
  const editor = useEditor();
  const locale = useLanguage();
  const [id, setId] = useState('');
  const template = useReply(
    api.flowTemplates.getTemplate,
    { params: { templateId: id }, query: { locale } },
    { enabled: id !== '' },
  );

  function use(): void {
    const { data } = template;
    if (!data) return;
    const origin = { template: data.id, version: data.version, locale, answers: {} };
    const { name } = editor.store.getState().document;
    const document = documentOf(name, instantiate(data.graph, origin, manifests));
    editor.run('replace-document', { document, name: { key: 'from-ready-flow' } });
    editor.run('begin');
    onClose();
  }

  return (
    <Modal
      open
      centered
      width="min(760px, 92vw)"
      title={t('canvas:empty.fromTemplate')}
      okText={t('plans:create.use')}
      okButtonProps={{ disabled: !template.data, loading: template.isFetching }}
      onOk={use}
      onCancel={onClose}
    >
      <FlowChoice hasEmpty={false} value={id} onChange={setId} />
      {template.error && <ErrorPanel error={template.error} />}
    </Modal>
  );
}
