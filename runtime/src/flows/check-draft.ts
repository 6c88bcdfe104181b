import { columnKey } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import { checkGraph, checkParams, type Graph, type GraphNode, type Problem } from '@sluice/shared/graph';
import type { CheckContext, ManifestIndex } from '@sluice/shared/node-contract';
import type { Role } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { AttributeLens, ReadLevels } from '../access/read-level.ts';
import type { CallCheck } from '../calls/check-call.ts';
import { problemOfBody } from '../code/read-body.ts';
import type { DatasetIndex, DatasetMap } from '../datasets/dataset-index.ts';
import type { EmailCompiler } from '../content/email-compiler.ts';
import { problemOfMapping } from '../hooks/mapping.ts';
import { usedAttributes } from './used-attributes.ts';

export interface DraftCheck {
  /** What the editor sees, what a message would fail on when it is sent, and what the author may not use. */
  problemsOf(graph: Graph, author: Role): Promise<Problem[]>;
}

export interface DraftCheckDeps {
  manifests: ManifestIndex;
  dictionary: { checkingFacts(): Promise<CheckContext> };
  datasetIndex: Pick<DatasetIndex, 'current'>;
  compiler: Pick<EmailCompiler, 'compile'>;
  calls: CallCheck;
  readLevels: ReadLevels;
  clock: Clock;
  /** Reads the published kinds of a graph that this process does not know yet. */
  ensure?(graph: Graph): Promise<void>;
}

export function createDraftCheck(deps: DraftCheckDeps): DraftCheck {
  return {
    async problemsOf(graph, author) {
      await deps.ensure?.(graph);
      const facts = await deps.dictionary.checkingFacts();
      const problems = checkGraph(graph, deps.manifests, { ...facts, now: deps.clock.now() });
      const unreached = new Set(problems.flatMap(({ code, node }) => (code === 'unreachable-node' ? [node] : [])));
      const lens = await deps.readLevels.of(author);
      const { byName } = await deps.datasetIndex.current();
      for (const node of graph.nodes)
        problems.push(
          ...checkUse(node, deps.manifests, lens, byName),
          ...checkDeleted(node, deps.manifests, facts, problems),
        );
      for (const node of graph.nodes) {
        // Nobody meets what a node says that is switched off.
        if (node.isDisabled) continue;
        const found =
          (await checkMessage(node, deps)) ??
          (await checkCall(node, deps)) ??
          checkMapping(node, deps) ??
          checkCode(node, deps);
        if (found) problems.push(unreached.has(node.id) ? { ...found, severity: 'warning' } : found);
      }
      return problems;
    },
  };
}

/** An error even where no trigger leads: a message may be read in the draft, too. */
function checkUse(
  node: GraphNode,
  manifests: ManifestIndex,
  lens: AttributeLens,
  datasets: DatasetMap['byName'],
): Problem[] {
  const { names, lookups, isAny } = usedAttributes(node, manifests.get(node.kind));
  for (const asked of lookups) {
    const [dataset = '', name] = asked.split('.');
    const lookup = datasets.get(dataset)?.lookups.find((each) => each.name === name);
    if (!lookup) return [{ code: 'lookup-unknown', severity: 'error', node: node.id, values: { lookup: asked } }];
    for (const column of lookup.columns) names.add(columnKey(dataset, column));
  }
  const refused = isAny ? lens.refusedOfAll() : lens.refused(names);
  if (refused.length === 0) return [];
  const values = { names: refused.join(', ') };
  return [{ code: 'attribute-not-allowed', severity: 'error', node: node.id, values }];
}

/** What it says of attributes that were deleted is empty for everyone; of its conditions that is said part by part. */
function checkDeleted(
  node: GraphNode,
  manifests: ManifestIndex,
  { deletedAttributes }: CheckContext,
  found: readonly Problem[],
): Problem[] {
  if (!deletedAttributes?.size) return [];
  const said = new Set(
    found.flatMap(({ code, node: of, values }) =>
      code === 'condition:attribute-deleted' && of === node.id ? [values?.['name']] : [],
    ),
  );
  const { names } = usedAttributes(node, manifests.get(node.kind));
  const gone = [...names].filter((name) => deletedAttributes.has(name) && !said.has(name));
  if (gone.length === 0) return [];
  return [{ code: 'attribute-deleted', severity: 'warning', node: node.id, values: { names: gone.join(', ') } }];
}

/** Tries a call as planning it would; it would fail for everyone who comes to that node. */
async function checkCall(node: GraphNode, deps: DraftCheckDeps): Promise<Problem | undefined> {
  const manifest = deps.manifests.get(node.kind);
  if (!manifest?.call || manifest.version !== node.kindVersion || checkParams(node, manifest).length > 0)
    return undefined;
  const content = manifest.call(node.params);
  // What is not filled in yet is the kind's own problem.
  if (content.to === 'service' && content.service === '') return undefined;
  if (content.to === 'address' && content.request.url.trim() === '') return undefined;
  const found = await deps.calls.problemOf(content);
  if (!found) return undefined;
  const problem = { severity: 'error' as const, node: node.id };
  if (found.kind === 'service-missing') return { ...problem, code: 'service-missing', param: '/service' };
  const { field, reason, line } = found;
  return { ...problem, code: 'content-invalid', param: `/${field}`, values: { reason, line } };
}

/** Reads the mapping of a trigger; one that cannot be read would refuse whatever is posted to its address. */
function checkMapping(node: GraphNode, deps: DraftCheckDeps): Problem | undefined {
  const manifest = deps.manifests.get(node.kind);
  if (!manifest?.mapping || manifest.version !== node.kindVersion || checkParams(node, manifest).length > 0)
    return undefined;
  const expression = manifest.mapping(node.params);
  const reason = expression === undefined ? undefined : problemOfMapping(expression);
  if (reason === undefined) return undefined;
  return { code: 'mapping-invalid', severity: 'error', node: node.id, param: '/mapping', values: { reason } };
}

/** Reads the code of a node; one that cannot be read would fail every run that comes there. */
function checkCode(node: GraphNode, deps: DraftCheckDeps): Problem | undefined {
  const manifest = deps.manifests.get(node.kind);
  if (!manifest?.code || manifest.version !== node.kindVersion || checkParams(node, manifest).length > 0)
    return undefined;
  const reason = problemOfBody(manifest.code(node.params));
  if (reason === undefined) return undefined;
  return { code: 'code-invalid', severity: 'error', node: node.id, param: '/source', values: { reason } };
}

/** Tries the words of a message as sending would; a template that does not compile would fail every run at that node. */
async function checkMessage(node: GraphNode, deps: DraftCheckDeps): Promise<Problem | undefined> {
  const manifest = deps.manifests.get(node.kind);
  if (!manifest?.message || manifest.version !== node.kindVersion || checkParams(node, manifest).length > 0)
    return undefined;
  const { subject, preheader, body } = manifest.message(node.params);
  // An empty body is the kind's own problem, and says more than a parser could.
  if (body.trim() === '') return undefined;
  try {
    await deps.compiler.compile({ subject, mjml: body, ...(preheader !== undefined && { preheader }) });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'user') throw error;
    const { field, reason, line } = error.details;
    return {
      code: 'content-invalid',
      severity: 'error',
      node: node.id,
      param: `/${typeof field === 'string' ? field : 'body'}`,
      values: { reason: String(reason ?? error.message), line: Number(line ?? 1) },
    };
  }
}
