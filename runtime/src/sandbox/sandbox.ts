import { AppError } from '@sluice/shared/errors';
import { type Graph, hasErrors } from '@sluice/shared/graph';
import type { GraphChoice, Persona, Scenario, Trace } from '@sluice/shared/http-api';
import type { AudienceIndex } from '../audiences/audience-index.ts';
import type { Core } from '../composition/core.ts';
import { compileProgram, type FlowProgram, type NodeKinds } from '../executor/flow-program.ts';
import type { DraftCheck } from '../flows/check-draft.ts';
import type { FlowDrafts } from '../flows/flow-drafts.ts';
import { readGraph } from '../flows/flow-record.ts';
import type { FlowVersions } from '../flows/flow-versions.ts';
import { copyPersona } from './copy-persona.ts';
import { dryRun, type DryRunContext } from './dry-run.ts';
import type { SandboxParts } from './dry-engine.ts';
import { readSubject } from './read-subject.ts';

/** Where testers run flows in virtual time. Reads the store, writes nothing. */
export interface Sandbox {
  /** Throws `not-found`, or `flow-has-problems` for a graph that could not be published. */
  dryRun(flowId: string, choice: GraphChoice, scenario: Scenario): Promise<Trace>;
  copyPersona(profileId: string): Promise<{ persona: Persona; isCut: boolean }>;
  /** The chosen graph, made ready to run. Throws like `dryRun`. */
  programOf(flowId: string, choice: GraphChoice): Promise<FlowProgram>;
  /** What a dry run of this flow sees besides its subject. */
  contextOf(flowId: string): Promise<DryRunContext>;
}

export interface SandboxDeps extends Core {
  parts: SandboxParts;
  kinds: NodeKinds;
  index: AudienceIndex;
  drafts: FlowDrafts;
  versions: FlowVersions;
  check: DraftCheck;
  names(flowIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createSandbox(deps: SandboxDeps): Sandbox {
  const { database, clock, drafts, versions } = deps;

  const programOf: Sandbox['programOf'] = async (flowId, { graph, version }) => {
    const flow = await drafts.get(flowId);
    if (version !== undefined && graph === undefined) {
      const published = await versions.get(flowId, version);
      if (published) return compileProgram(flowId, version, published.graph, deps.kinds);
      throw new AppError('not-found', `This flow has no version ${version}`, {
        details: { what: 'version', id: String(version) },
      });
    }
    const chosen: Graph = graph ?? readGraph(flow);
    const problems = await deps.check.problemsOf(chosen);
    if (hasErrors(problems))
      throw new AppError('flow-has-problems', 'The graph has problems that keep it from being run', {
        details: { problems },
      });
    return compileProgram(flowId, (flow.liveVersion ?? 0) + 1, chosen, deps.kinds);
  };

  const contextOf: Sandbox['contextOf'] = async (flowId) => {
    const audiences = await deps.index.current();
    const names = await deps.names([flowId]);
    return { parts: deps.parts, audiences, nameOf: (id) => names.get(id) ?? id };
  };

  return {
    programOf,
    contextOf,
    async dryRun(flowId, choice, scenario) {
      const [program, context] = await Promise.all([programOf(flowId, choice), contextOf(flowId)]);
      const startAt = Date.parse(scenario.startAt);
      const state = await readSubject(database, scenario.subject, startAt, context.audiences.kinds.keys());
      return dryRun(program, state, scenario, context);
    },
    async copyPersona(profileId) {
      const at = clock.now();
      const { kinds } = await deps.index.current();
      return copyPersona(await readSubject(database, { kind: 'profile', profileId }, at, kinds.keys()), at);
    },
  };
}
