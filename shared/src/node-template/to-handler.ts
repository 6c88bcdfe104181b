import type { AnyHandler, NodeHandler, Outcome, StepContext } from '../node-contract/handler.ts';
import type { AnyManifest } from '../node-contract/manifest.ts';
import type { Capabilities } from './capabilities.ts';
import { OutcomeRefused, readOutcome } from './read-outcome.ts';
import { readSignal, readStep, type TemplateSignal } from './step-input.ts';
import type { TemplateManifest } from './template-manifest.ts';

/** The name under which a bundle leaves what its handler exports. */
export const BUNDLE_NAME = 'sluiceTemplate';

/** Names that the code around a bundle gives to the handler; `now` is also what the clock of the sandbox shows. */
export const HANDLER_INPUTS = ['now', 'hook', 'step', 'signal'] as const;

/** The body of the function that the sandbox runs: the bundle, and the call of one hook of what it exports. */
export function bodyOf(bundle: string): string {
  return `${bundle}
;const handler = ${BUNDLE_NAME}.default ?? ${BUNDLE_NAME};
if (typeof handler[hook] !== 'function') throw new TypeError('The handler has no ' + hook);
return handler[hook](step, signal);
`;
}

type Params = Record<string, unknown>;

/**
 * The handler of a template as the executor knows handlers. All runs of a batch that stand at such a node are one question to
 * the sandbox. A handler that fails ends the visit by `failBy` where the manifest names one; else it throws, and the run is
 * parked as failed with the sentence (RUN-10).
 */
export function toHandler(
  template: TemplateManifest,
  manifest: AnyManifest,
  bundle: string,
  grant: Capabilities,
): AnyHandler {
  const body = bodyOf(bundle);
  const { limits = {}, failBy, canWait = false } = template;

  async function answer(context: StepContext<Params>, hook: 'enter' | 'resume', signal: TemplateSignal | null) {
    const step = await readStep(template, grant, context);
    const result = await context.runCode(body, { now: context.now, hook, step, signal }, limits);
    if (!result.isOk) return fail(WORDS[result.code]?.(result.message) ?? result.message);
    try {
      return readOutcome(result.value, {
        kind: manifest.kind,
        nodeId: context.nodeId,
        now: context.now,
        canWait,
        ports: manifest.ports(context.params).map(({ id }) => id),
        params: context.params,
        grant,
      });
    } catch (error) {
      if (!(error instanceof OutcomeRefused)) throw error;
      return fail(error.message);
    }
  }

  function fail(message: string): Outcome {
    if (failBy === undefined) throw new Error(`${manifest.kind}: ${message}`);
    return { kind: 'advance', port: failBy, reason: { code: 'template-failed', values: { message } } };
  }

  const handler: NodeHandler<Params> = {
    enter: (context) => answer(context, 'enter', null),
    ...(canWait && { resume: (context, signal) => answer(context, 'resume', readSignal(signal)) }),
  };
  return handler;
}

/** How the limits of the sandbox read in the failure of a run; whatever else it says, the code threw. */
const WORDS: Readonly<Record<string, (message: string) => string>> = {
  time: () => 'The handler took longer than its limit of computing time',
  memory: () => 'The handler took more memory than its limit',
  output: (message) => `What the handler answered cannot be taken. ${message}`,
};
