import type { Answers, ExposedParam, ExposedPlace, TemplateOrigin } from '../graph/exposed-param.ts';
import { DEFAULT_MEASUREMENT, type Graph } from '../graph/graph.ts';
import type { ManifestIndex } from '../node-contract/manifest.ts';
import { readAt, writeAt } from './json-pointer.ts';

/**
 * The graph that a template gives with these answers; what is not answered keeps its default, and an answer to something
 * that is not asked for changes nothing. Pure: the same origin gives the same graph, so that it can be had again later.
 */
export function instantiate(template: Graph, origin: TemplateOrigin, manifests: ManifestIndex): Graph {
  const { exposed = [], ...graph } = template;
  const filled = exposed.reduce<Graph>((made, param) => answer(made, param, origin.answers, manifests), graph);
  return { ...filled, origin };
}

function answer(graph: Graph, param: ExposedParam, answers: Answers, manifests: ManifestIndex): Graph {
  if (!Object.hasOwn(answers, param.id)) return graph;
  const value = answers[param.id];
  return param.places.reduce<Graph>((made, place) => fill(made, place, value, manifests), graph);
}

function fill(graph: Graph, place: ExposedPlace, value: unknown, manifests: ManifestIndex): Graph {
  const { node: id, pointer, part } = place;
  if (id === undefined) {
    const measurement = graph.measurement ?? DEFAULT_MEASUREMENT;
    return { ...graph, measurement: writeAt(measurement, pointer, within(measurement, pointer, part, value, false)) };
  }
  const nodes = graph.nodes.map((node) => {
    if (node.id !== id) return node;
    const hints: Readonly<Record<string, { widget?: string } | undefined>> = manifests.get(node.kind)?.hints ?? {};
    const isMarkup = hints[pointer.slice(1)]?.widget === 'mjml';
    return { ...node, params: writeAt(node.params, pointer, within(node.params, pointer, part, value, isMarkup)) };
  });
  return { ...graph, nodes };
}

/** What comes to stand at the place: the value, or the text there with the value in the place of its part. */
function within(params: unknown, pointer: string, part: string | undefined, value: unknown, isMarkup: boolean) {
  if (part === undefined) return value;
  const text = readAt(params, pointer);
  if (typeof text !== 'string' || typeof value !== 'string') return text;
  // Into MJML goes text, never markup: a shop called "A & B" must not break the letter.
  return text.replaceAll(part, () => (isMarkup ? escapeMarkup(value) : value));
}

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => MARKUP[sign] ?? sign);
}
