import type { Scenario, Suggestion, Trace } from '@sluice/shared/http-api';
import type { FlowProgram } from '../executor/flow-program.ts';
import { dryRun, type DryRunContext } from './dry-run.ts';
import { toState } from './read-subject.ts';
import { waysOn } from './ways-on.ts';
import type { PersonaScenario } from './solve-condition.ts';

export interface Way {
  node: string;
  port: string;
}

const MOST_RUNS = 120;
const MOST_PATHS = 8;
const MOST_PATH_LENGTH = 40;

/**
 * Looks for a persona, and for what happens to it, by which a port is taken. The scenario is run; where it leaves the way
 * that leads there, what that visit read is changed so that it would go on, and it is run again. What it answers has been
 * run, so it is true; that nothing was found proves nothing, and `stuckAt` says how far it came.
 */
export async function suggestPersona(
  program: FlowProgram,
  given: Scenario,
  target: Way,
  context: DryRunContext,
): Promise<Suggestion> {
  const base = withPersona(given);
  const paths = pathsTo(program, target);
  if (paths.length === 0) return { scenario: null, stuckAt: null, tries: 0 };
  const seen = new Set<string>();
  let furthest: { depth: number; node: string } = { depth: -1, node: paths[0]?.[0]?.node ?? '' };
  for (const path of paths) {
    const open: PersonaScenario[] = [{ ...base, trigger: path[0]?.node ?? '' }];
    for (let scenario = open.pop(); scenario && seen.size < MOST_RUNS; scenario = open.pop()) {
      const spelled = JSON.stringify(scenario);
      if (seen.has(spelled)) continue;
      seen.add(spelled);
      const trace = await play(program, scenario, context);
      const depth = path.findIndex((way) => !isTaken(trace, way));
      if (depth < 0) return { scenario, stuckAt: null, tries: seen.size };
      const way = path[depth] as Way;
      if (depth > furthest.depth) furthest = { depth, node: way.node };
      const next = await waysOn(program, scenario, trace, way, context);
      // The first that comes to mind is tried first.
      open.push(...next.toReversed());
    }
  }
  return { scenario: null, stuckAt: furthest.node, tries: seen.size };
}

function play(program: FlowProgram, scenario: PersonaScenario, context: DryRunContext): Promise<Trace> {
  const state = toState(scenario.subject.persona, Date.parse(scenario.startAt));
  return dryRun(program, state, scenario, context);
}

function isTaken({ entries }: Trace, { node, port }: Way): boolean {
  return entries.some(
    (entry) => (entry.kind === 'visit' || entry.kind === 'left') && entry.node === node && entry.ports.includes(port),
  );
}

/** The ways that lead from a trigger to a port, the shortest first, without loops. */
function pathsTo(program: FlowProgram, target: Way): Way[][] {
  const found: Way[][] = [];
  const edges = Map.groupBy(program.graph.edges, ({ from }) => from);
  // Breadth first: short ways come first, and the search is over before there are too many.
  let open: { node: string; path: Way[] }[] = program.triggers.map(({ id }) => ({ node: id, path: [] }));
  while (open.length > 0 && found.length < MOST_PATHS) {
    const next: typeof open = [];
    for (const { node, path } of open) {
      if (node === target.node) {
        found.push([...path, target]);
        continue;
      }
      if (path.length >= MOST_PATH_LENGTH) continue;
      for (const { port, to } of edges.get(node) ?? [])
        if (!path.some((way) => way.node === to)) next.push({ node: to, path: [...path, { node, port }] });
    }
    open = next.slice(0, 2000);
  }
  // Goals are jumped to from wherever a run stands.
  const isGoal = program.goals.some(({ node }) => node === target.node);
  const [trigger] = program.triggers;
  if (found.length === 0 && isGoal && trigger) found.push([{ node: trigger.id, port: 'next' }, target]);
  return found.slice(0, MOST_PATHS);
}

/** A stored profile cannot be made another: a persona takes its place. */
function withPersona(scenario: Scenario): PersonaScenario {
  const { subject } = scenario;
  const persona =
    subject.kind === 'persona'
      ? subject.persona
      : { id: 'suggested', name: '', attributes: { email: 'someone@example.com' }, audiences: [], events: [] };
  return { ...scenario, isForced: false, subject: { kind: 'persona', persona } };
}
