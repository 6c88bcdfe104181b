import { GraphNode } from '@sluice/shared/graph';
import Value from 'typebox/value';

/** What was written, or where it is no such node: `syntax` with the parser's own words, else the place and what is asked there. */
export type NodeReading =
  | { readonly node: GraphNode }
  | { readonly problem: 'syntax'; readonly detail: string }
  | { readonly problem: 'identity'; readonly detail: 'id' | 'kind' | 'kindVersion' }
  | { readonly problem: 'form'; readonly detail: string };

/** The text of a node as it stands in the draft; params that are wrong for the kind are named by the checks of the flow. */
export function readNodeJson(text: string, { id, kind, kindVersion }: GraphNode): NodeReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: 'syntax', detail: error instanceof Error ? error.message : String(error) };
  }
  if (!Value.Check(GraphNode, value)) {
    const [first] = Value.Errors(GraphNode, value);
    return { problem: 'form', detail: `${first?.instancePath || '/'} ${first?.message ?? ''}`.trim() };
  }
  const own = { id, kind, kindVersion };
  for (const field of ['id', 'kind', 'kindVersion'] as const)
    if (value[field] !== own[field]) return { problem: 'identity', detail: field };
  return { node: value };
}
