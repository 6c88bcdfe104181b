import { createCallCheck } from '../calls/check-call.ts';
import { createRequestFiller } from '../calls/fill-request.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { createReadLevels } from '../access/read-level.ts';
import { manifests } from '@sluice/templates/manifests';
import { createDraftCheck, type DraftCheck } from './check-draft.ts';

/** Of names that no data has been seen for, which here are all. */
const UNKNOWN = /^condition:(attribute|event)-unknown$/;

/**
 * The checks of publishing without a server: of the graph, the letters, the calls and the code. What only a workspace knows
 * is taken for granted: its attributes and events, its services, and what a role may use.
 */
export function createOfflineCheck(now: () => number): DraftCheck {
  const timeZone = 'UTC';
  const check = createDraftCheck({
    manifests,
    dictionary: { checkingFacts: async () => ({ attributes: new Map(), events: new Set() }) },
    datasetIndex: { current: async () => ({ byName: new Map(), byAttribute: new Map() }) },
    readLevels: createReadLevels({ dictionary: { handling: async () => new Map() } }),
    compiler: createEmailCompiler({ timeZone }),
    calls: createCallCheck({ filler: createRequestFiller(timeZone), services: { exists: async () => true } }),
    clock: { now },
  });
  return {
    async problemsOf(graph, author) {
      const problems = await check.problemsOf(graph, author);
      return problems.filter(({ code }) => !UNKNOWN.test(code));
    },
  };
}
