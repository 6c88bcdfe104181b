import { Value } from 'typebox/value';
import type { Answers, ExposedParam, ExposedPlace, TemplateOrigin } from '../graph/exposed-param.ts';
import { DEFAULT_MEASUREMENT, type Graph } from '../graph/graph.ts';
import type { ManifestIndex } from '../node-contract/manifest.ts';
import { defaultOf, valueAt } from './exposed-values.ts';
import { instantiate } from './instantiate.ts';
import { writeAt } from './json-pointer.ts';

/** The form of a template, filled in from a flow that was made from it. */
export interface FilledForm {
  /** What the flow says now, without what is as the template has it. */
  answers: Answers;
  /** Ids of params whose value was changed on the canvas since. */
  changed: string[];
  /** Ids of params that cannot be asked for any more: the flow has their place no longer, or its words were rewritten. */
  gone: string[];
}

/** Reads the form back from a flow. Pure. */
export function readForm(flow: Graph, template: Graph, origin: TemplateOrigin, manifests: ManifestIndex): FilledForm {
  const base = instantiate(template, origin, manifests);
  const answers: Record<string, unknown> = {};
  const changed: string[] = [];
  const gone: string[] = [];
  for (const param of template.exposed ?? []) {
    const said = answerOf(param, template, origin.answers);
    const place = param.places.find((place) => isThere(place, flow));
    const isRewritten = (place: ExposedPlace) => !Value.Equal(valueAt(place, flow), valueAt(place, base));
    let now = said;
    if (!place) gone.push(param.id);
    else if (place.part !== undefined) {
      // Words within a text cannot be told from the text again, once somebody has written it anew.
      if (param.places.every(isRewritten)) gone.push(param.id);
    } else {
      now = valueAt(place, flow);
      if (!Value.Equal(now, said)) changed.push(param.id);
    }
    if (!Value.Equal(now, defaultOf(param, template))) answers[param.id] = now;
  }
  return { answers, changed, gone };
}

/**
 * Sets in a flow what is answered otherwise than it says now, and nothing else: whatever was changed on the canvas stays, at
 * the very places that are asked for, too, where they do not say what the form said. `kept` names the params that could not
 * be set everywhere for that. Pure.
 */
export function refillFlow(
  flow: Graph,
  template: Graph,
  origin: TemplateOrigin,
  wanted: Answers,
  manifests: ManifestIndex,
): { graph: Graph; kept: string[] } {
  const now = readForm(flow, template, origin, manifests).answers;
  const asked = (template.exposed ?? []).filter(
    (param) => !Value.Equal(answerOf(param, template, wanted), answerOf(param, template, now)),
  );
  const base = instantiate(template, origin, manifests);
  const next = instantiate(template, { ...origin, answers: wanted }, manifests);
  const kept: string[] = [];
  let graph = flow;
  for (const param of asked) {
    const before = answerOf(param, template, now);
    const value = answerOf(param, template, wanted);
    for (const place of param.places) {
      const stood = place.part === undefined ? before : valueAt(place, base);
      if (isThere(place, flow) && Value.Equal(valueAt(place, flow), stood))
        graph = setAt(graph, place, place.part === undefined ? value : valueAt(place, next));
      else kept.push(param.id);
    }
  }
  // What was kept everywhere is not what was answered: an upgrade must not take it for the base.
  const isLost = ({ id, places }: ExposedParam) => kept.filter((one) => one === id).length === places.length;
  const lost = new Set(asked.filter(isLost).map(({ id }) => id));
  const answers = Object.fromEntries([
    ...Object.entries(wanted).filter(([id]) => !lost.has(id)),
    ...Object.entries(origin.answers).filter(([id]) => lost.has(id)),
  ]);
  return { graph: { ...graph, origin: { ...origin, answers } }, kept: [...new Set(kept)] };
}

function answerOf(param: ExposedParam, template: Graph, answers: Answers): unknown {
  return Object.hasOwn(answers, param.id) ? answers[param.id] : defaultOf(param, template);
}

function isThere({ node }: ExposedPlace, graph: Graph): boolean {
  return node === undefined || graph.nodes.some(({ id }) => id === node);
}

function setAt(graph: Graph, { node: id, pointer }: ExposedPlace, value: unknown): Graph {
  if (id === undefined)
    return { ...graph, measurement: writeAt(graph.measurement ?? DEFAULT_MEASUREMENT, pointer, value) };
  const nodes = graph.nodes.map((node) =>
    node.id === id ? { ...node, params: writeAt(node.params, pointer, value) } : node,
  );
  return { ...graph, nodes };
}
