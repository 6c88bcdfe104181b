import { hasErrors } from '@sluice/shared/graph';
import { LOCALES } from '@sluice/shared/model';
import { readyFlows } from '@sluice/templates/flows';
import { manifests } from '@sluice/templates/manifests';
import { expect, test } from 'vitest';
import { createCallCheck } from '../calls/check-call.ts';
import { createRequestFiller } from '../calls/fill-request.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { createReadLevels } from '../access/read-level.ts';
import { createDraftCheck } from './check-draft.ts';
import { instantiateReadyFlow, SERVICE_IDS } from './instantiate-ready-flow.fixture.ts';

const check = createDraftCheck({
  datasetIndex: { current: async () => ({ byName: new Map(), byAttribute: new Map() }) },
  readLevels: createReadLevels({ dictionary: { handling: async () => new Map() } }),
  manifests,
  dictionary: { checkingFacts: async () => ({ attributes: new Map(), events: new Set<string>() }) },
  compiler: createEmailCompiler({ timeZone: 'UTC' }),
  calls: createCallCheck({
    filler: createRequestFiller('UTC'),
    services: { exists: async (id) => Object.hasOwn(SERVICE_IDS, id) },
  }),
  clock: { now: () => Date.parse('2026-11-22T08:00:00.000Z') },
});

test.each(readyFlows)('[EDIT-3] the ready-made flow $id can be published with its messages', async (flow) => {
  for (const locale of LOCALES) {
    const problems = await check.problemsOf(instantiateReadyFlow(flow, locale), 'operator');
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(hasErrors(problems)).toBe(false);
  }
});
