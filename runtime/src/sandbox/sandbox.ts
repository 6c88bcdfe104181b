import { columnKeys, type Condition, readsOf } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import { type Graph, hasErrors } from '@sluice/shared/graph';
import type { GraphChoice, Persona, Scenario, Suggestion, Trace } from '@sluice/shared/http-api';
import type { Role } from '@sluice/shared/model';
import type { ReadLevels } from '../access/read-level.ts';
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
import { suggestPersona, type Way } from './suggest-persona.ts';

/** Where testers run flows in virtual time. Reads the store, writes nothing. */
export interface Sandbox {
  /** Throws `not-found`, or `flow-has-problems` for a graph that could not be published. */
  dryRun(flowId: string, choice: GraphChoice, scenario: Scenario, role: Role): Promise<Trace>;
  /** Made up alone: nothing stored is read for it. Throws like `dryRun`. */
  suggest(flowId: string, choice: GraphChoice, scenario: Scenario, way: Way, role: Role): Promise<Suggestion>;
  /** What the role may not see of the profile is not in the copy. */
  copyPersona(profileId: string, role: Role): Promise<{ persona: Persona; isCut: boolean }>;
  /** The chosen graph, made ready to run. Throws like `dryRun`. */
  programOf(flowId: string, choice: GraphChoice, author: Role): Promise<FlowProgram>;
  /** What a dry run of this flow sees besides its subject, and, where a role is named, how it is shown to that role. */
  contextOf(flowId: string, onlooker?: Role): Promise<DryRunContext>;
}

export interface SandboxDeps extends Core {
  parts: SandboxParts;
  kinds: NodeKinds;
  index: AudienceIndex;
  drafts: FlowDrafts;
  versions: FlowVersions;
  check: DraftCheck;
  readLevels: ReadLevels;
  names(flowIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createSandbox(deps: SandboxDeps): Sandbox {
  const { database, clock, drafts, versions } = deps;

  const programOf: Sandbox['programOf'] = async (flowId, { graph, version }, author) => {
    const flow = await drafts.get(flowId);
    if (version !== undefined && graph === undefined) {
      const published = await versions.get(flowId, version);
      if (published) return compileProgram(flowId, version, published.graph, deps.kinds);
      throw new AppError('not-found', `This flow has no version ${version}`, {
        details: { what: 'version', id: String(version) },
      });
    }
    const chosen: Graph = graph ?? readGraph(flow);
    const problems = await deps.check.problemsOf(chosen, author);
    if (hasErrors(problems))
      throw new AppError('flow-has-problems', 'The graph has problems that keep it from being run', {
        details: { problems },
      });
    return compileProgram(flowId, (flow.liveVersion ?? 0) + 1, chosen, deps.kinds);
  };

  const contextOf: Sandbox['contextOf'] = async (flowId, onlooker) => {
    const audiences = await deps.index.current();
    const names = await deps.names([flowId]);
    const lens = onlooker && (await deps.readLevels.of(onlooker));
    return { parts: deps.parts, audiences, nameOf: (id) => names.get(id) ?? id, ...(lens && { lens }) };
  };

  return {
    programOf,
    contextOf,
    async dryRun(flowId, choice, scenario, role) {
      const isMadeUp = scenario.subject.kind === 'persona';
      const [program, context] = await Promise.all([
        programOf(flowId, choice, role),
        contextOf(flowId, isMadeUp ? undefined : role),
      ]);
      // By the answers of a mock one could ask a stored profile anything.
      context.lens?.demandUse(scenario.mocks.flatMap(({ rules }) => rules.flatMap(({ when }) => namesIn(when))));
      const startAt = Date.parse(scenario.startAt);
      const state = await readSubject(database, scenario.subject, startAt, context.audiences.kinds.keys());
      return dryRun(program, state, scenario, context);
    },
    async suggest(flowId, choice, scenario, way, role) {
      const [program, context] = await Promise.all([programOf(flowId, choice, role), contextOf(flowId)]);
      return suggestPersona(program, scenario, way, context);
    },
    async copyPersona(profileId, role) {
      const at = clock.now();
      const { kinds } = await deps.index.current();
      const state = await readSubject(database, { kind: 'profile', profileId }, at, kinds.keys());
      return copyPersona(state, at, await deps.readLevels.of(role));
    },
  };
}

function namesIn(condition: Condition | undefined): string[] {
  return condition ? [...readsOf(condition).attributes, ...columnKeys(condition)] : [];
}
