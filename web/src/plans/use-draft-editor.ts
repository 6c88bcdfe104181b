import type { Flow } from '@sluice/shared/http-api';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Autosave, startAutosave } from '../editor/autosave.ts';
import { createBrowserMirror } from '../editor/browser-mirror.ts';
import { createEditor, type Editor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { createHttpDraftStore } from './draft-store-http.ts';
import { nodeKinds } from './node-kinds.ts';
import { noteLeaving } from './use-opened-draft.ts';

/** Ids that never come back: results are kept under the id of a node, so a new node must not take a deleted one's. */
export function createId(prefix: string): string {
  const letters = '0123456789abcdefghijklmnopqrstuvwxyz';
  const random = crypto.getRandomValues(new Uint8Array(6));
  const suffix = [...random].map((byte) => letters[byte % letters.length]).join('');
  return `${prefix.slice(0, 30)}-${suffix}`;
}

/** Empty where the account may not change the flow. */
export type RunningAutosave = RefObject<Autosave | undefined>;

export interface DraftEditor {
  readonly editor: Editor;
  readonly autosave: RunningAutosave;
}

/** The editor of a flow's draft, saved by itself for as long as the page shows it. */
export function useDraftEditor(flow: Flow, accountId: string, isReadOnly: boolean): DraftEditor {
  const [opened] = useState(() => ({ document: documentOf(flow.name, flow.graph), revision: flow.revision }));
  const [editor] = useState(() =>
    createEditor({ document: opened.document, catalog: nodeKinds, createId, isReadOnly }),
  );
  const autosave = useRef<Autosave>(undefined);

  useEffect(() => {
    if (isReadOnly) return;
    const mirror = createBrowserMirror({
      storage: localStorage,
      locks: navigator.locks,
      accountId,
      flowId: flow.id,
      visitId: createId('visit'),
      now: Date.now,
    });
    const { document } = editor.store.getState();
    const { revision } = editor.store.getState().remote;
    // React may stop and start the effect again; the second start goes on from what the first one saved.
    const base = revision > opened.revision ? { document, revision } : opened;
    const started = startAutosave({
      editor,
      opened: base,
      drafts: createHttpDraftStore(flow.id),
      mirror,
      now: Date.now,
      createId,
    });
    autosave.current = started;
    const flush = () => void started.flush();
    const ask = (event: BeforeUnloadEvent) => {
      const { save, isMirrored } = editor.store.getState().remote;
      if (save.kind !== 'saved' && !isMirrored) event.preventDefault();
    };
    const keep = () => started.keep();
    window.addEventListener('online', flush);
    window.addEventListener('beforeunload', ask);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('online', flush);
      window.removeEventListener('beforeunload', ask);
      window.removeEventListener('pagehide', keep);
      autosave.current = undefined;
      noteLeaving(flow.id, started.stop());
    };
  }, [editor, opened, flow.id, accountId, isReadOnly]);

  return { editor, autosave };
}
