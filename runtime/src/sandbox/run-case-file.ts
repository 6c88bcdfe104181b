import { AppError } from '@sluice/shared/errors';
import { checkGraph, type FlowFile, hasErrors } from '@sluice/shared/graph';
import type { CaseContent, CaseResult } from '@sluice/shared/http-api';
import { createBucket } from '@sluice/shared/node-contract';
import { handlers } from '@sluice/templates/handlers';
import { manifests } from '@sluice/templates/manifests';
import { createRequestFiller } from '../calls/fill-request.ts';
import { createCodeRunner } from '../code/code-runner.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { runCase } from './cases.ts';
import { toState } from './read-subject.ts';

export { faultsOf, writeJunit } from './write-junit.ts';

/** What the cases of a file are run over. */
export type CaseFile = Pick<FlowFile, 'flowId' | 'timeZone' | 'graph'> & { cases: readonly CaseContent[] };

/**
 * Runs every case of a file, with personas only: there is no store, and a case about a stored profile fails. Services and other
 * flows cannot be reached. Throws `flow-has-problems` for a graph that could not be published.
 */
export async function runCaseFile({
  flowId = 'flow',
  timeZone = 'UTC',
  graph,
  cases,
}: CaseFile): Promise<CaseResult[]> {
  const problems = checkGraph(graph, manifests, { attributes: new Map(), events: new Set() });
  if (hasErrors(problems))
    throw new AppError('flow-has-problems', 'The graph could not be published', {
      details: { problems: problems.filter(({ severity }) => severity === 'error') },
    });
  const program = compileProgram(flowId, 1, graph, { manifests, handlers });
  const code = createCodeRunner();
  const none = new Map<never, never>();
  const context = {
    nameOf: (id: string) => id,
    audiences: {
      names: none,
      kinds: none,
      fromFile: new Set<never>(),
      dynamic: none,
      byAttribute: none,
      byDataset: new Map(),
      byEvent: none,
      byAudience: none,
      forNewcomers: [],
    },
    parts: {
      timeZone,
      compiler: createEmailCompiler({ timeZone }),
      code,
      decisions: { winner: async () => undefined },
      bucket: await createBucket(),
      services: { active: async () => new Map<string, never>() },
      filler: createRequestFiller(timeZone),
      realCalls: { make: async () => ({ kind: 'failed' as const, failure: { code: 'unreachable' as const } }) },
      liveProgram: async () => undefined,
    },
  };
  const results: CaseResult[] = [];
  try {
    for (const [index, one] of cases.entries())
      results.push(
        await runCase(program, { ...one, id: String(index) }, context, manifests, async ({ subject, startAt }) => {
          if (subject.kind === 'persona') return toState(subject.persona, Date.parse(startAt));
          throw new AppError('not-found', 'It needs a stored profile: run the cases stored with the flow instead', {
            details: { what: 'profile', id: one.name },
          });
        }),
      );
  } finally {
    await code.stop();
  }
  return results;
}
