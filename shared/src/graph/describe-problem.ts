import { describeConditionProblem } from '../condition/describe-reason.ts';
import { fillText, type Locale } from '../model/locale.ts';
import type { AnyManifest, ManifestIndex } from '../node-contract/manifest.ts';
import type { ParamTexts } from '../node-contract/texts.ts';
import { checkParams } from './check-params.ts';
import type { Graph, GraphNode, Problem } from './graph.ts';
import { type GraphProblemCode, graphProblemTexts } from './texts.ts';

/** The operator's own name for a node, else the title of its kind; the bare kind where that is not installed. */
export function describeNode(node: GraphNode, manifests: ManifestIndex, locale: Locale): string {
  return node.name || (manifests.get(node.kind)?.texts[locale].title ?? node.kind);
}

/**
 * A problem as one sentence in which parameters, ports and nodes have the names that stand on the screen. A code without
 * a text comes back as it is.
 */
export function describeProblem(problem: Problem, graph: Graph, manifests: ManifestIndex, locale: Locale): string {
  const ofCondition = describeConditionProblem(problem, locale);
  if (ofCondition !== undefined) return ofCondition;
  const node = graph.nodes.find(({ id }) => id === problem.node);
  const manifest = node === undefined ? undefined : manifests.get(node.kind);
  const values = { ...problem.values };
  if (typeof values.param === 'string') values.param = describeParam(values.param, manifest, locale);
  if (typeof values.port === 'string') values.port = describePort(values.port, node, manifest, locale);
  if (typeof values.nodes === 'string')
    values.nodes = values.nodes
      .split(', ')
      .map((nodeId) => graph.nodes.find(({ id }) => id === nodeId))
      .flatMap((member) => (member === undefined ? [] : [describeNode(member, manifests, locale)]))
      .join(locale === 'zh-CN' ? '、' : ', ');
  const text = isGraphCode(problem.code)
    ? graphProblemTexts[locale][problem.code]
    : manifest?.texts[locale].problems[problem.code];
  return fillText(text ?? problem.code, values);
}

function isGraphCode(code: string): code is GraphProblemCode {
  return Object.hasOwn(graphProblemTexts['en-US'], code);
}

/** `/variants/2/weight` as "Variants 3 · Share". */
function describeParam(pointer: string, manifest: AnyManifest | undefined, locale: Locale): string {
  let fields: Readonly<Record<string, ParamTexts>> | undefined = manifest?.texts[locale].params;
  const labels: string[] = [];
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    const texts: ParamTexts | undefined =
      fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (texts !== undefined) {
      labels.push(texts.label);
      fields = texts.fields;
    } else if (/^\d+$/.test(name)) labels.push(`${labels.pop() ?? ''} ${Number(name) + 1}`.trim());
    else labels.push(name);
  }
  return labels.join(' · ');
}

/** Only sound params have ports with names; elsewhere the id has to do. */
function describePort(
  port: string,
  node: GraphNode | undefined,
  manifest: AnyManifest | undefined,
  locale: Locale,
): string {
  if (node === undefined || manifest === undefined || checkParams(node, manifest).length > 0) return port;
  const spec = manifest.ports(node.params).find(({ id }) => id === port);
  return spec?.text ?? manifest.texts[locale].ports[spec?.label ?? ''] ?? port;
}
