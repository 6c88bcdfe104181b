import type { Graph } from '@sluice/shared/graph';
import { compileProgram, type FlowPrograms, type NodeKinds, type FlowProgram } from './flow-program.ts';

/** Where published graphs come from. */
export interface GraphSource {
  get(flowId: string, version: number): Promise<{ graph: Graph } | undefined>;
}

/** Far more versions than run at one time; the one used longest ago is dropped. */
const KEPT_PROGRAMS = 200;

/** The kinds at hand; `ensure` reads what a graph names and this process does not know yet. */
export interface KindSource {
  kinds: NodeKinds;
  ensure?(graph: Graph): Promise<void>;
}

/** Compiles each published version once. A version never changes, so nothing here can be stale. */
export function createFlowPrograms(source: GraphSource, catalogue: KindSource): FlowPrograms {
  const kept = new Map<string, Promise<FlowProgram | undefined>>();
  const load = async (flowId: string, version: number) => {
    const found = await source.get(flowId, version);
    if (!found) return undefined;
    await catalogue.ensure?.(found.graph);
    return compileProgram(flowId, version, found.graph, catalogue.kinds);
  };
  return {
    async get(flowId, version) {
      const key = `${flowId}:${version}`;
      const known = kept.get(key) ?? load(flowId, version);
      kept.delete(key);
      kept.set(key, known);
      if (kept.size > KEPT_PROGRAMS) kept.delete(kept.keys().next().value as string);
      try {
        const program = await known;
        // A version that is not there yet may be there at the next call.
        if (!program) kept.delete(key);
        return program;
      } catch (error) {
        kept.delete(key);
        throw error;
      }
    },
  };
}
