import type { GraphNode } from '@sluice/shared/graph';
import { Alert, Button, Modal, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { Loading } from '../ui/loading.tsx';
import { readNodeJson } from './read-node-json.ts';
import styles from './widgets/code-widget.module.css';

// CodeMirror is large and most visits never open it.
const CodeField = lazy(async () => ({ default: (await import('./code-field.tsx')).CodeField }));

/** The node as it is stored, to be read, copied and written; what is taken over is one entry of the history. */
export function JsonView({ node }: { node: GraphNode }) {
  const { t } = useTranslation('inspector');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Tooltip title={t('json.open')}>
        <Button
          type="text"
          icon={<span aria-hidden>{'{ }'}</span>}
          aria-label={t('json.open')}
          onClick={() => setOpen(true)}
        />
      </Tooltip>
      {isOpen && <JsonDialog node={node} onClose={() => setOpen(false)} />}
    </>
  );
}

function JsonDialog({ node, onClose }: { node: GraphNode; onClose: () => void }) {
  const { t } = useTranslation('inspector');
  const editor = useEditor();
  const words = useNodeWords();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const [first] = useState(() => JSON.stringify(node, null, 2));
  const [text, setText] = useState(first);
  const reading = readNodeJson(text, node);
  const isChanged = text !== first;

  function take(): void {
    if (!('node' in reading)) return;
    editor.run('replace-node', { node: reading.node });
    onClose();
  }

  return (
    <Modal
      open
      centered
      width="min(800px, 96vw)"
      title={t('json.title', { node: words.titleOf(node) })}
      onCancel={onClose}
      maskClosable={!isChanged}
      okText={t('json.take')}
      cancelText={t(isReadOnly ? 'json.close' : 'json.leave')}
      okButtonProps={{ disabled: !isChanged || !('node' in reading), ...(isReadOnly && { hidden: true }) }}
      onOk={take}
    >
      <p className={styles.help}>{t(isReadOnly ? 'json.read' : 'json.hint')}</p>
      <div className={styles.editor}>
        <Suspense fallback={<Loading />}>
          <CodeField language="json" label={t('json.open')} text={first} isReadOnly={isReadOnly} onChange={setText} />
        </Suspense>
      </div>
      {'problem' in reading && (
        <Alert showIcon type="error" title={t(`json.problems.${reading.problem}`, { detail: reading.detail })} />
      )}
    </Modal>
  );
}
