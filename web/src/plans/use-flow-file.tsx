import { readFlowFile, writeFlowFile } from '@sluice/shared/graph';
import type { Locale } from '@sluice/shared/model';
import { Modal } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { saveFile } from '../ui/save-file.ts';

/** What stands in the name of no file on any system. */
const NOT_IN_NAMES = /[\\/:*?"<>|\s]+/g;

/** The draft as a file that can be kept under version control, and back again as one edit that can be undone. */
export function useFlowFile(flowId: string): { save: () => void; choose: () => void; dialog: ReactNode } {
  const { t } = useTranslation('plans');
  const editor = useEditor();
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<(locale: Locale) => string>();

  function save(): void {
    const { document, remote } = editor.store.getState();
    const { name } = document;
    const text = writeFlowFile({ flowId, revision: remote.revision, name, graph: graphOf(document) });
    saveFile(`${name.replace(NOT_IN_NAMES, '-')}.flow.json`, text, 'application/json');
  }

  async function read(file: File): Promise<void> {
    const found = readFlowFile(await file.text());
    if ('fault' in found) {
      setFault(() => found.fault);
      return;
    }
    const { document } = editor.store.getState();
    const { graph, name = document.name } = found.file;
    editor.run('replace-document', { document: documentOf(name, graph), name: { key: 'import-flow' } });
    editor.run('begin');
  }

  return {
    save,
    choose: () => input.current?.click(),
    dialog: (
      <>
        <input
          ref={input}
          hidden
          type="file"
          accept=".json,application/json"
          aria-label={t('page.import')}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file can be chosen again after it was changed.
            event.target.value = '';
            if (file) void read(file);
          }}
        />
        <Modal
          open={fault !== undefined}
          title={t('page.importRefused')}
          cancelButtonProps={{ hidden: true }}
          onOk={() => setFault(undefined)}
          onCancel={() => setFault(undefined)}
        >
          {fault && t('page.importFault', { fault: fault(language) })}
        </Modal>
      </>
    ),
  };
}
