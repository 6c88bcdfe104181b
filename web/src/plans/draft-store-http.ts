import { api, StoredDraft } from '@sluice/shared/http-api';
import Value from 'typebox/value';
import type { DraftStore } from '../editor/draft-store.ts';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { ApiError } from '../http/api-error.ts';
import { call } from '../http/call.ts';

/** The server as the place where drafts are kept. */
export function createHttpDraftStore(flowId: string): DraftStore {
  return {
    async read() {
      try {
        const flow = await call(api.flows.getFlow, { params: { flowId } });
        return { document: documentOf(flow.name, flow.graph), revision: flow.revision, savedAt: flow.updatedAt };
      } catch (error) {
        if (error instanceof ApiError) return undefined;
        throw error;
      }
    },
    async save(document, baseRevision) {
      try {
        const body = { name: document.name, graph: graphOf(document), baseRevision };
        const { revision, savedAt } = await call(api.flows.saveDraft, { params: { flowId }, body });
        return { kind: 'saved', revision, savedAt: Date.parse(savedAt) };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const theirs = error.code === 'draft-conflict' ? error.details['draft'] : undefined;
        if (Value.Check(StoredDraft, theirs)) {
          const { name, graph, revision, updatedBy, updatedAt } = theirs;
          const stored = { document: documentOf(name, graph), revision, savedBy: updatedBy, savedAt: updatedAt };
          return { kind: 'conflict', theirs: stored };
        }
        // What the server refuses now it refuses again; anything else may be over in a moment.
        const isRefusal = error.status >= 400 && error.status < 500 && error.status !== 429;
        return { kind: isRefusal ? 'refused' : 'unreachable', code: error.code };
      }
    },
  };
}
