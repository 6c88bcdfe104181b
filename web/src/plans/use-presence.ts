import { addressOf, api, type Presence } from '@sluice/shared/http-api';
import { useEffect, useState } from 'react';
import type { Editor } from '../editor/editor.ts';
import type { Session } from '../editor/session.ts';

import { ApiError } from '../http/api-error.ts';
import { call } from '../http/call.ts';
import { createId, type RunningAutosave } from './use-draft-editor.ts';

const BEAT_MS = 5000;
/** Who only walks past a node is not shown there. */
const SETTLED_MS = 400;
const NOBODY: readonly Presence[] = [];

/**
 * Says every few seconds that this tab has the draft open and where, hears who else has, and takes in what they saved.
 * A tab in the background is silent, and so gone from the others' view.
 */
export function usePresence(flowId: string, editor: Editor, autosave: RunningAutosave): readonly Presence[] {
  const [others, setOthers] = useState(NOBODY);
  useEffect(() => {
    const visit = createId('visit');
    const params = { flowId };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const place = () => placeOf(editor.store.getState().session);
    let shown = place();

    const beat = async () => {
      clearTimeout(timer);
      if (document.hidden || isGone) return;
      shown = place();
      const { isReadOnly } = editor.store.getState().session;
      try {
        const reply = await call(api.presence.showPresence, {
          params,
          body: { visit, node: shown, isEditing: !isReadOnly },
        });
        if (isGone) return;
        setOthers((known) => (JSON.stringify(known) === JSON.stringify(reply.others) ? known : reply.others));
        await autosave.current?.catchUp(reply.draft);
      } catch (error) {
        // That the server is gone is said where edits are saved.
        if (!(error instanceof ApiError)) throw error;
      }
      again(BEAT_MS);
    };
    const again = (ms: number) => {
      clearTimeout(timer);
      if (!isGone) timer = setTimeout(() => void beat(), ms);
    };
    const leave = () => {
      const body = JSON.stringify({ visit, node: null, isEditing: false, isLeaving: true });
      const address = addressOf(api.presence.showPresence.path, params, {});
      navigator.sendBeacon?.(address, new Blob([body], { type: 'application/json' }));
    };
    const look = () => (document.hidden ? leave() : void beat());
    const stopWatching = editor.store.subscribe(() => {
      if (place() !== shown) again(SETTLED_MS);
    });
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pagehide', leave);
    void beat();
    return () => {
      isGone = true;
      clearTimeout(timer);
      stopWatching();
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [flowId, editor, autosave]);
  return others;
}

function placeOf({ inspected, selection }: Session): string | null {
  return inspected ?? (selection.nodes.length === 1 ? (selection.nodes[0] ?? null) : null);
}
