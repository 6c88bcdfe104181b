import type { Comparison, Condition } from '../condition/ast.ts';
import { checkComparison } from '../condition/check-comparison.ts';
import { checkCondition } from '../condition/check-condition.ts';
import type { AnyManifest, CheckContext, EventPattern } from '../node-contract/manifest.ts';
import { escapePointer } from './check-params.ts';
import type { GraphNode, Problem } from './graph.ts';

/** What stands in the conditions of params that passed the schema: operators, types, names never seen (COND-2, COND-5). */
export function checkConditions(node: GraphNode, manifest: AnyManifest, context: CheckContext): Problem[] {
  const isInRun = manifest.category !== 'trigger';
  return findParts(manifest.params, node.params, '', '').flatMap((part) => {
    const { at } = part;
    if ('is' in part)
      return checkComparison(part.is, { name: part.name, at, type: undefined, offered: undefined }).map((problem) => ({
        ...problem,
        node: node.id,
      }));
    return checkCondition(part.condition, context, { isInRun }).map((problem) => ({
      ...problem,
      node: node.id,
      param: `${at}${problem.param ?? ''}`,
    }));
  });
}

/** A condition, or a comparison that stands by itself; with its JSON pointer. */
type Part = { at: string } & ({ condition: Condition } | { is: Comparison; name: string });

/**
 * What is compared, at any depth of the params; an event with filters is a condition that asks for any such event. A
 * comparison goes by the `name` of the thing that holds it.
 */
function findParts(schema: object, value: unknown, at: string, holder: string): Part[] {
  const { $defs, means, properties, items } = schema as ConditionHolder;
  if (value === undefined) return [];
  if ($defs !== undefined) return [{ at, condition: value as Condition }];
  if (means === 'event-pattern') return conditionOf(value as EventPattern, at);
  if (means === 'comparison') return [{ at, is: value as Comparison, name: holder }];
  if (items !== undefined)
    return (value as unknown[]).flatMap((item, index) => findParts(items, item, `${at}/${index}`, holder));
  const fields = value as Record<string, unknown>;
  const name = typeof fields['name'] === 'string' ? fields['name'] : holder;
  return Object.entries(properties ?? {}).flatMap(([key, field]) =>
    findParts(field, fields[key], `${at}/${escapePointer(key)}`, name),
  );
}

interface ConditionHolder {
  $defs?: object;
  means?: string;
  properties?: Record<string, object>;
  items?: object;
}

function conditionOf({ event, where }: EventPattern, at: string): Part[] {
  const name = event.trim();
  if (name === '') return [];
  const asked = {
    measure: { kind: 'count' },
    window: { kind: 'ever' },
    is: { operator: 'atLeast', value: 1 },
  } as const;
  return [{ at, condition: { op: 'event', name, ...(where && { where }), ...asked } }];
}
