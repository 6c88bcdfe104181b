import { type Condition, type EvaluationInstant, hasMovingAttribute } from '@sluice/shared/condition';
import { allOf, anyOf, compileComparisonFilter, type Filter, negate } from './compile-comparison.ts';

/** What the store can do about a condition by looking at profiles alone. */
export interface CompiledFilter {
  /** Lets every matching profile pass, and others only where `isExact` is false. */
  filter: Filter;
  /** No part was left open: what passes, matches. */
  isExact: boolean;
}

/**
 * Three-valued: events, rows and memberships are not in a profile, and patterns are not trusted to the store, so those leaves are
 * unknown. Unknown counts as true where that lets more profiles through and as false under a negation, so the filter is never
 * narrower than the condition. `isForAllTime` also leaves open what moves with time: the filter then lets everyone through
 * whom time alone may make match.
 */
export function compileFilter(
  condition: Condition,
  instant: EvaluationInstant,
  { isForAllTime = false }: { isForAllTime?: boolean } = {},
): CompiledFilter {
  let isExact = true;
  const relax = (part: Condition, unknownAs: boolean): Filter => {
    switch (part.op) {
      case 'all':
        return allOf(part.of.map((child) => relax(child, unknownAs)));
      case 'any':
        return anyOf(part.of.map((child) => relax(child, unknownAs)));
      case 'not':
        return negate(relax(part.of, !unknownAs));
      case 'event':
      case 'dataset':
      case 'audience':
        isExact = false;
        return unknownAs;
      case 'attribute': {
        const filter =
          isForAllTime && hasMovingAttribute(part)
            ? 'unknown'
            : compileComparisonFilter(`attributes.${part.name}`, part.is, instant);
        if (filter !== 'unknown') return filter;
        isExact = false;
        return unknownAs;
      }
    }
  };
  return { filter: relax(condition, true), isExact };
}
