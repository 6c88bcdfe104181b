import type { GraphEdge, GraphNode, Measurement } from '@sluice/shared/graph';

/** A node on a straight way. */
export interface FormStep {
  readonly node: GraphNode;
  /** The ways out that go on to the next step; none at an end. */
  readonly ways: readonly string[];
  /** Its other ways out lead to ends: whoever leaves by one is done. By port. */
  readonly ends: Readonly<Record<string, GraphNode>>;
}

/** What one arm of the test gets. */
export interface FormArm {
  readonly port: string;
  readonly steps: readonly FormStep[];
  /** Goes on to what comes after the test. */
  readonly meets: boolean;
}

/**
 * A flow as four parts: when (the trigger), whom (its audience), what is done (straight steps with at most one test in it),
 * and what counts. It is no model of its own: `readForm` sees it in a graph and `writeForm` puts it back.
 */
export interface FlowForm {
  readonly trigger: GraphNode;
  readonly before: readonly FormStep[];
  readonly split?: { readonly node: GraphNode; readonly arms: readonly FormArm[] };
  /** What all arms that meet go through; without a test it is empty. */
  readonly after: readonly FormStep[];
  readonly measurement?: Measurement;
}

/** Why a graph is no form; texts: `form.refused.<reason>`. */
export interface FormRefusal {
  readonly reason: 'no-trigger' | 'triggers' | 'branches' | 'loop' | 'second-test' | 'unknown-kind' | 'tangled';
  /** Where on the canvas to look. */
  readonly node?: string;
}

/** Every chain of steps, in reading order. */
export function chainsOf({ before, split, after }: FlowForm): (readonly FormStep[])[] {
  return [before, ...(split?.arms.map(({ steps }) => steps) ?? []), after];
}

/** Every node, each once: an end may be shared. */
export function nodesOf(form: FlowForm): ReadonlyMap<string, GraphNode> {
  const steps = chainsOf(form).flat();
  const all = [
    form.trigger,
    ...(form.split ? [form.split.node] : []),
    ...steps.flatMap(({ node, ends }) => [node, ...Object.values(ends)]),
  ];
  return new Map(all.map((node) => [node.id, node]));
}

/** The connections that the form means, without ids. `firstPort` is the way out of the trigger. */
export function linksOf(form: FlowForm, firstPort: string): Omit<GraphEdge, 'id'>[] {
  const { trigger, before, split, after } = form;
  const links: Omit<GraphEdge, 'id'>[] = [];
  const chain = (from: { id: string; ports: readonly string[] }, steps: readonly FormStep[], then?: string) => {
    let open = from;
    for (const { node, ways, ends } of steps) {
      for (const port of open.ports) links.push({ from: open.id, port, to: node.id });
      for (const [port, end] of Object.entries(ends)) links.push({ from: node.id, port, to: end.id });
      open = { id: node.id, ports: ways };
    }
    if (then !== undefined) for (const port of open.ports) links.push({ from: open.id, port, to: then });
  };
  chain({ id: trigger.id, ports: [firstPort] }, before, split?.node.id);
  const [meeting] = after;
  for (const { port, steps, meets } of split?.arms ?? [])
    chain({ id: split?.node.id ?? '', ports: [port] }, steps, meets ? meeting?.node.id : undefined);
  if (meeting) chain({ id: '', ports: [] }, after);
  return links;
}
