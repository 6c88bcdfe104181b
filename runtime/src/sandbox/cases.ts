import { AppError } from '@sluice/shared/errors';
import type { Graph } from '@sluice/shared/graph';
import type { Account, Case, CaseContent, CaseResult, GraphChoice } from '@sluice/shared/http-api';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import { ulid } from 'ulid';
import type { Core } from '../composition/core.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import { type CaseRecord, cases } from './case-record.ts';
import { dryRun, type DryRunContext } from './dry-run.ts';
import { coveredBy, judgeCase } from './judge-case.ts';
import { readSubject } from './read-subject.ts';
import type { Sandbox } from './sandbox.ts';
import type { WorldState } from './virtual-world.ts';

/** A flow with more cases than this is refused another one: all of them run before every publish. */
const MOST_CASES = 500;

/** Saved dry runs with what must come of them. */
export interface Cases {
  list(flowId: string): Promise<Case[]>;
  create(flowId: string, content: CaseContent, by: Account): Promise<Case>;
  /** Throws `not-found`. */
  change(flowId: string, caseId: string, content: CaseContent, by: Account): Promise<Case>;
  remove(flowId: string, caseId: string): Promise<void>;
  run(flowId: string, choice: GraphChoice): Promise<CaseResult[]>;
}

export function createCases(deps: Core & { sandbox: Sandbox; manifests: ManifestIndex }): Cases {
  const { database, clock, sandbox } = deps;
  const stored = database.collection(cases);
  const toRecord = (flowId: string, id: string, { name, ...content }: CaseContent, by: Account): CaseRecord => ({
    _id: id,
    flowId,
    name,
    contentText: JSON.stringify(content),
    updatedAt: new Date(clock.now()),
    updatedBy: by.name,
  });
  const list: Cases['list'] = async (flowId) =>
    (await stored.find({ flowId }).sort({ name: 1, _id: 1 }).limit(MOST_CASES).toArray()).map(toCase);

  return {
    list,
    async create(flowId, content, by) {
      if ((await stored.countDocuments({ flowId })) >= MOST_CASES) {
        const problem = `A flow has at most ${MOST_CASES} cases`;
        throw new AppError('request-invalid', problem, { details: { problem } });
      }
      const record = toRecord(flowId, ulid(clock.now()), content, by);
      await stored.insertOne(record);
      return toCase(record);
    },
    async change(flowId, caseId, content, by) {
      const record = toRecord(flowId, caseId, content, by);
      const { matchedCount } = await stored.replaceOne({ _id: caseId, flowId }, record);
      if (matchedCount === 0) throw notFound(caseId);
      return toCase(record);
    },
    async remove(flowId, caseId) {
      const { deletedCount } = await stored.deleteOne({ _id: caseId, flowId });
      if (deletedCount === 0) throw notFound(caseId);
    },
    async run(flowId, choice) {
      const all = await list(flowId);
      if (all.length === 0) return [];
      const [program, context, veiled] = await Promise.all([
        // What an author may use is judged where the graph is published, not where its cases run.
        sandbox.programOf(flowId, choice, 'administrator'),
        sandbox.contextOf(flowId),
        // Assertions about a stored profile are about what a tester may see of it, whoever lets them run: a case must say the
        // same to everyone, and must not be a way to ask for what is veiled.
        sandbox.contextOf(flowId, 'tester'),
      ]);
      const results: CaseResult[] = [];
      for (const one of all)
        results.push(
          await runCase(program, one, isStored(one) ? veiled : context, deps.manifests, (scenario) =>
            readSubject(database, scenario.subject, Date.parse(scenario.startAt), context.audiences.kinds.keys()),
          ),
        );
      return results;
    },
  };
}

/** Plays one case. What only a person can mend, such as a profile that is gone, fails the case and not the others. */
export async function runCase(
  program: FlowProgram,
  { id, name, scenario, assertions }: Pick<Case, 'id' | 'name' | 'scenario' | 'assertions'>,
  context: DryRunContext,
  manifests: ManifestIndex,
  read: (scenario: Case['scenario']) => Promise<WorldState>,
): Promise<CaseResult> {
  // A case must say the same tomorrow: nobody is really called.
  const mocks = scenario.mocks.map((mock) => ({ ...mock, isReal: false }));
  try {
    const trace = await dryRun(program, await read(scenario), { ...scenario, mocks }, context);
    const checks = judgeCase(program, trace, assertions, (node) => portIdsOf(program.graph, node, manifests));
    const isPassed = checks.every(({ outcome }) => outcome === 'met');
    return { caseId: id, name, isPassed, checks, covered: coveredBy(program.flowId, trace) };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'user') throw error;
    return { caseId: id, name, isPassed: false, checks: [], problem: error.message, covered: {} };
  }
}

function isStored({ scenario }: Case): boolean {
  return scenario.subject.kind === 'profile';
}

function portIdsOf(graph: Graph, nodeId: string, manifests: ManifestIndex): string[] {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  return node ? (manifests.get(node.kind)?.ports(node.params) ?? []).map(({ id }) => id) : [];
}

function toCase({ _id: id, flowId, name, contentText, updatedAt, updatedBy }: CaseRecord): Case {
  const content = JSON.parse(contentText) as Pick<CaseContent, 'scenario' | 'assertions'>;
  return { id, flowId, name, ...content, updatedAt: updatedAt.toISOString(), updatedBy };
}

function notFound(id: string): AppError {
  return new AppError('not-found', `There is no case ${id}`, { details: { what: 'case', id } });
}
