import type { Graph, GraphNode } from '@sluice/shared/graph';
import { type NodeCatalog, portsOf } from '../editor/catalog.ts';
import { type FlowForm, type FormArm, type FormRefusal, type FormStep, linksOf, nodesOf } from './flow-form.ts';

/** Sees the form in a graph, or says why there is none. Pure; what no trigger leads to is not looked at. */
export function readForm(graph: Graph, catalog: NodeCatalog): { form: FlowForm } | { refusal: FormRefusal } {
  try {
    return { form: new Reader(graph, catalog).read() };
  } catch (error) {
    if (error instanceof NoForm) return { refusal: error.refusal };
    throw error;
  }
}

class NoForm extends Error {
  readonly refusal: FormRefusal;
  constructor(refusal: FormRefusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

class Reader {
  readonly #graph: Graph;
  readonly #catalog: NodeCatalog;
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #targets: ReadonlyMap<string, string>;

  constructor(graph: Graph, catalog: NodeCatalog) {
    this.#graph = graph;
    this.#catalog = catalog;
    this.#nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    this.#targets = new Map(graph.edges.map(({ from, port, to }) => [`${from}/${port}`, to]));
  }

  read(): FlowForm {
    const triggers = this.#graph.nodes.filter(({ kind }) => this.#catalog.find(kind)?.trigger);
    const [trigger, second] = triggers;
    if (!trigger) throw new NoForm({ reason: 'no-trigger' });
    if (second) throw new NoForm({ reason: 'triggers', node: second.id });
    const firstPort = this.#ports(trigger)[0] ?? 'next';
    const { steps: before, split } = this.#walk(this.#target(trigger, firstPort), new Set([trigger.id]));
    const { measurement } = this.#graph;
    const form = {
      trigger,
      before,
      ...(split ? this.#readSplit(split) : { after: [] }),
      ...(measurement && { measurement }),
    };
    this.#refuseTangles(form, firstPort);
    return form;
  }

  #ports(node: GraphNode): string[] {
    if (!this.#catalog.find(node.kind)) throw new NoForm({ reason: 'unknown-kind', node: node.id });
    return portsOf(this.#catalog, node).map(({ id }) => id);
  }

  #target(node: GraphNode, port: string): GraphNode | undefined {
    return this.#nodes.get(this.#targets.get(`${node.id}/${port}`) ?? '');
  }

  #isTest({ kind }: GraphNode): boolean {
    return this.#catalog.find(kind)?.experiment !== undefined;
  }

  /** Straight on from a node to an end, to nothing, or to a test. */
  #walk(start: GraphNode | undefined, seen: Set<string>): { steps: FormStep[]; split?: GraphNode } {
    const steps: FormStep[] = [];
    let node = start;
    while (node) {
      if (seen.has(node.id)) throw new NoForm({ reason: 'loop', node: node.id });
      seen.add(node.id);
      if (this.#isTest(node)) return { steps, split: node };
      const step = this.#readStep(node);
      steps.push(step);
      const [way] = step.ways;
      node = way === undefined ? undefined : this.#target(node, way);
    }
    return { steps };
  }

  #readStep(node: GraphNode): FormStep {
    const ports = this.#ports(node);
    if (ports.length <= 1) return { node, ways: ports, ends: {} };
    const isEnd = (target: GraphNode | undefined) => target !== undefined && this.#ports(target).length === 0;
    const going = ports.filter((port) => {
      const target = this.#target(node, port);
      return target !== undefined && !isEnd(target);
    });
    if (new Set(going.map((port) => this.#target(node, port)?.id)).size > 1)
      throw new NoForm({ reason: 'branches', node: node.id });
    // Where every way leads to an end, the usual one is the way on, and the last step is where it leads.
    const usual = this.#catalog.find(node.kind)?.passBy ?? ports[0];
    const ways = going.length > 0 ? going : ports.filter((port) => port === usual);
    const ends = ports.flatMap((port): [string, GraphNode][] => {
      const target = ways.includes(port) ? undefined : this.#target(node, port);
      return target ? [[port, target]] : [];
    });
    return { node, ways, ends: Object.fromEntries(ends) };
  }

  #readSplit(node: GraphNode): Pick<FlowForm, 'split' | 'after'> {
    const walks = this.#ports(node).map((port) => {
      const walk = this.#walk(this.#target(node, port), new Set([node.id]));
      if (walk.split) throw new NoForm({ reason: 'second-test', node: walk.split.id });
      return { port, steps: walk.steps };
    });
    const count = new Map<string, number>();
    for (const { steps } of walks)
      for (const step of steps) count.set(step.node.id, (count.get(step.node.id) ?? 0) + 1);
    const meetings = walks.map(({ steps }) => steps.findIndex((step) => (count.get(step.node.id) ?? 0) > 1));
    const first = meetings.findIndex((at) => at >= 0);
    const after = first < 0 ? [] : (walks[first]?.steps.slice(meetings[first]) ?? []);
    const arms = walks.map(({ port, steps }, index): FormArm => {
      const at = meetings[index] ?? -1;
      return { port, steps: at < 0 ? steps : steps.slice(0, at), meets: at >= 0 };
    });
    return { split: { node, arms }, after };
  }

  /** Whatever the walk did not see, such as a way that comes in from the side: a form could not put it back. */
  #refuseTangles(form: FlowForm, firstPort: string): void {
    const nodes = nodesOf(form);
    const meant = new Set(linksOf(form, firstPort).map(({ from, port, to }) => `${from}/${port}>${to}`));
    for (const { from, port, to } of this.#graph.edges) {
      if (!nodes.has(from)) continue;
      if (!meant.delete(`${from}/${port}>${to}`)) throw new NoForm({ reason: 'tangled', node: from });
    }
    if (meant.size > 0) throw new NoForm({ reason: 'tangled', node: form.trigger.id });
  }
}
