import { describeNode, describeProblem, type Graph, type Problem } from '@sluice/shared/graph';
import { fillText } from '@sluice/shared/model';
import { manifests } from '@sluice/templates/manifests';
import type { Terminal } from '../command.ts';

/** One line per problem, which editors and CI servers can read: file, severity, place, what to do and the code. */
export function describeProblems(
  file: string,
  graph: Graph,
  problems: readonly Problem[],
  { locale, texts: { validate } }: Pick<Terminal, 'locale' | 'texts'>,
): string[] {
  return problems.map((problem) => {
    const { severity, code, edge, param } = problem;
    const node = graph.nodes.find(({ id }) => id === problem.node);
    const around = edge === undefined ? validate.flow : fillText(validate.edge, { id: edge });
    const place = node ? fillText(validate.node, { id: node.id, name: describeNode(node, manifests, locale) }) : around;
    return fillText(validate.problem, {
      file,
      severity: validate.severity[severity],
      place: param === undefined ? place : `${place} ${param}`,
      text: describeProblem(problem, graph, manifests, locale),
      code,
    });
  });
}
